-- Of a picture that had to be good enough: its tries with their scores, and which was kept, as JSON.
ALTER TABLE picture ADD COLUMN tries VARCHAR;
