-- Of a picture of a list: the record of its files and what is known of it, as JSON, for the package.
ALTER TABLE picture ADD COLUMN details VARCHAR;
