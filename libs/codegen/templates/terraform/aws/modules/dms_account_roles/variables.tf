# Nothing to choose: DMS knows the roles by their names.
