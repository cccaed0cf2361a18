"""What the sample desk holds. Loaded only when it is filled: start-up never pays for it.

Every table maps a key to the values of a record. Days are offsets from the day the desk stands on, instants read
`-4 04:31` (of Shanghai) or `+1 13:00 Europe/Paris`, money is in yuan, a reference is the key of another record, and in
texts `{+1}` is a day and `{=key}` the code of a record: `prtui.desk.sample` says how they are read.
"""
