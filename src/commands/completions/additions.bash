# Prints the values that the configuration has for an option, one per line, without their descriptions.
_jeton_candidates() {
    local value
    "${COMP_WORDS[0]}" completions "$1" -- "${@:2}" 2>/dev/null </dev/null | while IFS=$'\t' read -r value _; do
        printf '%s\n' "$value"
    done
}

# Completes profiles, URLs of match lists and files after "@". Everything else is left to the generated function.
_jeton_complete() {
    local line=${COMP_LINE:0:COMP_POINT}
    # bash also splits words at "=", ":" and "@", so the word is taken from the line.
    local word=${line##*[[:space:]]} option='' attached='' values='' value
    local -a before
    read -ra before <<<"${line%"$word"}"
    if [[ ${#before[@]} -gt 0 ]]; then
        option=${before[${#before[@]} - 1]}
    fi
    case $word in
        --*=*) option=${word%%=*} attached="$option=" ;;
        -p?*) option=-p attached=-p ;;
    esac
    word=${word#"$attached"}
    case $option in
        -p | --profile) values=$(_jeton_candidates profiles "${before[@]:1}") ;;
        --for) values=$(_jeton_candidates urls "${before[@]:1}") ;;
        *)
            if [[ $word != @* ]]; then
                _jeton "$@"
                return
            fi
            # A folder is completed further.
            values=$(compgen -f -- "${word#@}" | while IFS= read -r value; do
                [[ -d $value ]] && value+=/
                printf '%s\n' "$value"
            done)
            compopt -o nospace 2>/dev/null
            attached+=@ word=${word#@}
            ;;
    esac
    # bash replaces what follows the last "=" or ":", or begins with the last "@".
    local kept=$attached$word tail
    tail=${kept##*[=:@]}
    if [[ $kept == *@"$tail" ]]; then
        tail=@$tail
    fi
    kept=${kept%"$tail"}
    COMPREPLY=()
    while IFS= read -r value; do
        if [[ -n $value && $value == "$word"* ]]; then
            printf -v value '%q' "$value"
            value=$attached$value
            COMPREPLY+=("${value#"$kept"}")
        fi
    done <<<"$values"
    # No file names where no candidate fits.
    compopt +o default +o bashdefault 2>/dev/null
}
