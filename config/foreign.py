"""What the parsers of YAML and CSV say of a file that is none: marked here, to be translated where it is shown."""

from config.said import Said

YAML_PROBLEMS = (
    Said("block sequence entries are not allowed in this context"),
    Said("could not find expected ':'"),
    Said("could not find expected directive name"),
    Said("did not find expected '!'"),
    Said("did not find expected ',' or ']'"),
    Said("did not find expected ',' or '}'"),
    Said("did not find expected '-' indicator"),
    Said("did not find expected <document start>"),
    Said("did not find expected alphabetic or numeric character"),
    Said("did not find expected comment or line break"),
    Said("did not find expected hexdecimal number"),
    Said("did not find expected key"),
    Said("did not find expected node content"),
    Said("did not find expected tag URI"),
    Said("did not find expected version number"),
    Said("did not find expected whitespace"),
    Said("did not find expected whitespace or line break"),
    Said("found a tab character that violates indentation"),
    Said("found a tab character where an indentation space is expected"),
    Said("found an indentation indicator equal to 0"),
    Said("found character that cannot start any token"),
    Said("found incompatible YAML document"),
    Said("found undefined tag handle"),
    Said("found unexpected ':'"),
    Said("found unexpected document indicator"),
    Said("found unexpected end of stream"),
    Said("found unknown directive name"),
    Said("found unknown escape character"),
    Said("mapping keys are not allowed in this context"),
    Said("mapping values are not allowed in this context"),
)
CSV_PROBLEMS = (
    Said("',' expected after '\"'"),
    Said("field larger than field limit (131072)"),
    Said("unexpected end of data"),
)
