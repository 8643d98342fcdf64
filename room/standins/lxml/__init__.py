"""Stands in for lxml in the browser, where its compiled code can't be had.

html5lib parses as browsers do; its tree gets the few methods of lxml's that we call.
"""
