-- What in a finished picture is rare in sound ones, as JSON.
ALTER TABLE picture ADD COLUMN warnings VARCHAR;
