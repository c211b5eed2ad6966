# Prints the values that the configuration has for an option, each with its description.
function __jeton_candidates
    set -l line (commandline -opc)
    command $line[1] completions $argv[1] -- $line[2..-1] 2>/dev/null </dev/null
end

# Prints the files that fit what is typed after "@".
function __jeton_files_after_at
    for file in (complete -C "__fish_command_without_completions "(string sub -s 2 -- (commandline -ct)))
        string join '' @ (string split -m 1 \t -- $file)[1]
    end
end

complete -c jeton -n 'string match -q -- "@*" (commandline -ct)' -k -f -a '(__jeton_files_after_at)'
