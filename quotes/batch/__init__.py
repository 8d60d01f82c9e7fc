"""Corpora larger than one sitting: inputs become shards, shards become Parquet files, these fill a database.

``plan`` cuts, ``engine`` runs what is missing, ``shard`` is the work itself, ``ledger`` remembers what is done,
``rows`` is the form of the results, ``loading`` brings them into SQLite. Extra ``batch``.
"""
