# Offers the values that the configuration has for an option, each with its description.
_jeton_candidates() {
    local -a found
    local candidate
    for candidate in ${(f)"$(_call_program candidates ${(q)service} completions $1 -- ${(q)jeton_line} 2>/dev/null </dev/null)"}; do
        found+=("${${candidate%%$'\t'*}//:/\\:}:${candidate#*$'\t'}")
    done
    _describe -t "$1" "$2" found
}

_jeton_profiles() {
    _jeton_candidates profiles profile
}

_jeton_urls() {
    _jeton_candidates urls URL
}

# A value, or "@" and the file that has it.
_jeton_at_file() {
    if compset -P @; then
        _files
    else
        _message 'value, or @FILE'
    fi
}
