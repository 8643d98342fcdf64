"""Stands in for lxml in the browser, where its compiled code can't be had: what reading a page needs.

html5lib parses as browsers do; its tree gets the few methods of lxml's that we call.
"""
