-- critical, about quality.run_step
-- In every run and step, what went in came out or was held back.
SELECT run_id, step, rows_in, rows_out, rows_quarantined FROM mart.run_imbalance;
