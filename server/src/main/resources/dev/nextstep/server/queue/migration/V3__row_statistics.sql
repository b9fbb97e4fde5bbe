-- Mean and variance of the tokens of each finished row, as JSON.
ALTER TABLE picture ADD COLUMN row_statistics VARCHAR;
