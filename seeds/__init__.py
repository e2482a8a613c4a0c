"""Every judgement that is data: lexicons, gazetteer, code lists, sources, sample articles."""
