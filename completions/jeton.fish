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

# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_jeton_global_optspecs
    string join \n json config= env-file= q/quiet v/verbose log-format= no-emoji no-input h/help V/version
end

function __fish_jeton_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_jeton_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_jeton_using_subcommand
    set -l cmd (__fish_jeton_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c jeton -n "__fish_jeton_needs_command" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_needs_command" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_needs_command" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_needs_command" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_needs_command" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_needs_command" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_needs_command" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_needs_command" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_needs_command" -s V -l version -d 'Print version'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "token" -d 'Get and inspect access tokens'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "auth" -d 'Show and store the credentials of profiles'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "jwks" -d 'Check the key set of a server'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "mtls" -d 'Test mutual TLS: what a server asks for, and how it responds to your certificate'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "key" -d 'Make a key pair, and print what a server needs of it'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "export" -d 'Export a token to other programs'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "profile" -d 'List, add and remove profiles without an editor'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "config" -d 'Write, show and check the configuration'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "cache" -d 'List, explain and clear the cached tokens'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "doctor" -d 'Find out why there is no token, or why it is refused'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "serve" -d 'Run the authority: an authorization server for machines'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "completions" -d 'Print the completion script for a shell'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "man" -d 'Print the manual page of jeton, or write one page per command'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "get" -d 'Get a token: from the cache if it is fresh enough, else from the server'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "decode" -d 'Show the header and claims of a token, with readable times; nothing is verified'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "verify" -d 'Verify a signed token: its signature and its claims'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "introspect" -d 'Ask the authorization server about a token (RFC 7662)'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "revoke" -d 'Revoke a token at the authorization server (RFC 7009) and remove it from the cache'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l scope -d 'Request this scope instead of the profile\'s; repeat the option, or separate scopes with spaces' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l resource -d 'Request a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l audience -d 'Send this audience instead of the profile\'s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l min-ttl -d 'Never use a token that expires sooner than this, such as 30s or 10m' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'A table for people; the token is masked'
json\t'A JSON object with fixed keys; the token is masked'
raw\t'Only the token, on one line'
header\t'Authorization: Bearer …, on one line'
exec-credential\t'The ExecCredential object that kubectl expects of a credential plugin'
credential\t'JSON for wrappers: type, token, header, expires_at'
kubeconfig-user\t'The users: entry of a kubeconfig that gets its tokens from this command line; no token is requested'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l field -d 'Print only this field of the JSON document, without quotes; the token is masked without --reveal' -r -f -a "profile\t''
issuer\t''
access_token\t''
masked\t''
token_type\t''
scope\t''
audience\t''
expires_at\t''
expires_in\t''
source\t''
warnings\t''"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l require-scope -d 'Fail (exit 8) unless the token has this scope; repeat the option, or separate scopes with spaces' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l require-aud -d 'Fail (exit 8) unless the token is for this audience; may be repeated' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l fresh -d 'Bypass the cache and request a new token, which is then cached'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l reveal -d 'Print the full token in the panel, in JSON and with --field'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l copy -d 'Copy the token to the terminal\'s clipboard (OSC 52)'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l jwks -d 'Use the keys of this JWK Set (RFC 7517) instead of the issuer\'s' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l key -d 'Use this public key (PEM, PEM certificate or JWK), whatever kid the token names' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l iss -d 'Require exactly this issuer; its metadata says where the keys are' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l aud -d 'Require this audience; if repeated, one of them' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l scope -d 'Require this scope; repeat the option, or separate scopes with spaces' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l leeway -d 'Allowed clock difference, such as 5s; at most 5m [default: 30s]' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l at -d 'Verify as of this time: seconds since 1970, or RFC 3339 [default: now]' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l allow-no-aud -d 'Accept a token without an audience, such as an access token of Amazon Cognito'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l allow-no-exp -d 'Accept a token without an expiry time (exp)'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l profile-strict -d 'Require what RFC 9068 requires of an access token, typ at+jwt and seven claims, instead of noting what is missing'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l signature-only -d 'Verify the signature only, of any signed text (JWS), and say so; times, issuer and audience are not checked'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l jwt -d 'Require a signed response (RFC 9701) and verify it'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l check -d 'Fail (exit 8) unless the token is active'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -f -a "status" -d 'Show every profile: its token, time left, credential and where the credential comes from'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -f -a "login" -d 'Store the secret or private key of a profile in the OS keyring'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -f -a "logout" -d 'Remove the secret and private key of a profile from the OS keyring, and its tokens from the cache'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l check -d 'Print nothing; exit 0 if every profile could get a token, else 8; a disabled profile cannot'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l live -d 'Ask the servers for a token, too'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -f -a "test" -d 'Fetch a key set and check every key'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l issuer -d 'Check the key set of this issuer, without a profile' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l token -d 'Report which key verifies this token, and why the others do not; fail (exit 8) if none does' -r -f -a "(__jeton_files_after_at)"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l diff -d 'Report what changed since this saved key set' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l interval -d 'With --watch: how often to fetch, at least 1s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l duration -d 'With --watch: stop after this time' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l strict -d 'Treat warnings as failures'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l watch -d 'Fetch the set again and again until Ctrl-C, and report every key that is added, removed or replaced'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -f -a "probe" -d 'Test TLS handshakes with a server and report what it accepts, presents and asks for'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l cert -d 'Present this client certificate instead of the profile\'s (PEM: the certificate, then intermediates; the key may be in the file too)' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l key -d 'The private key of --cert (PEM, not encrypted)' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l strict -d 'Treat warnings as failures'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -f -a "generate" -d 'Make a key pair: the private key into a new file, the public one as a JWKS to stdout'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -f -a "public" -d 'Print the public key of a private key'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -f -a "thumbprint" -d 'Print the thumbprint of a key (RFC 7638), or of a certificate (RFC 8705)'
complete -c jeton -n "__fish_jeton_using_subcommand key; and not __fish_seen_subcommand_from generate public thumbprint csr" -f -a "csr" -d 'Print a certificate request (PKCS#10) for a private key'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l alg -d 'The algorithm that the key is for' -r -f -a "ES256\t''
ES384\t''
ES512\t''
EdDSA\t''
PS256\t''
PS384\t''
PS512\t''
RS256\t''
RS384\t''
RS512\t''"
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l bits -d 'Size of an RSA key: 2048, 3072, 4096 or 8192 [default: 3072]' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l kid -d 'The key id [default: the thumbprint of the key, RFC 7638]' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -l force -d 'Replace an existing file'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l alg -d 'The algorithm that the key is for [default: the usual one of its kind]' -r -f -a "ES256\t''
ES384\t''
ES512\t''
EdDSA\t''
PS256\t''
PS384\t''
PS512\t''
RS256\t''
RS384\t''
RS512\t''"
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l kid -d 'The key id' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -s o -l output -d 'Output format [default: jwks]' -r -f -a "jwks\t'A JSON Web Key Set'
jwk\t'A JSON Web Key'
pem\t'A PEM document, BEGIN PUBLIC KEY'"
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from public" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from thumbprint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l subject -d 'The subject, such as "CN=billing,O=Example"; a comma in a value is written \\,' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l san -d 'An alternative name: a DNS name, an IP address, a URI or an e-mail address; may be repeated' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand key; and __fish_seen_subcommand_from csr" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -f -a "env" -d 'Print the token as an environment variable'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l scope -d 'Request this scope instead of the profile\'s; repeat the option, or separate scopes with spaces' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l resource -d 'Request a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l audience -d 'Send this audience instead of the profile\'s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l min-ttl -d 'Never use a token that expires sooner than this, such as 30s or 10m' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l format -d 'Output format [default: sh; dotenv with --file]' -r -f -a "sh\t'export NAME=\'…\' for sh, bash, zsh'
fish\t'set -gx NAME \'…\''
powershell\t'$env:NAME = \'…\''
dotenv\t'NAME=… for .env files'
json\t'A JSON object'
github\t'GitHub Actions: masked in the log, then into $GITHUB_ENV and $GITHUB_OUTPUT'
gitlab\t'GitLab CI: the content of a dotenv report'"
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l name -d 'Name of the variable' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l file -d 'Write to this file (mode 0600) and keep its other lines; for sh, dotenv and gitlab' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l fresh -d 'Bypass the cache and request a new token, which is then cached'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l reveal -d 'Print the full token on a terminal, too'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -f -a "list" -d 'List the profiles, and which one is used by default'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -f -a "add" -d 'Add a profile to the configuration file'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -f -a "use" -d 'Make a profile the default one (default_profile in the configuration file)'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and not __fish_seen_subcommand_from list add use remove" -f -a "remove" -d 'Remove a profile from the configuration file, and its tokens from the cache'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l issuer -d 'The issuer of the authorization server, as its metadata states it' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l token-endpoint -d 'The token endpoint, if the server publishes no metadata' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l client-id -d 'The client identifier' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l auth-method -d 'The authentication method [default: auto]' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l environment -d 'What the environment is called; a profile of prod is disabled until enabled = true is set in the file' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l scope -d 'A scope to request; repeat the option for several' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l resource -d 'A resource to request a token for (RFC 8707); repeat the option for several' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l audience -d 'An audience parameter; repeat the option for several' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l match -d 'A URL that the profile is for; repeat the option for several' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l secret-file -d 'Read the client secret from this file instead of the keyring' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l private-key -d 'Sign with the private key in this file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -l default -d 'Make it the default profile'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -l credentials -d 'Remove its secret and private key from the OS keyring, too'
complete -c jeton -n "__fish_jeton_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "init" -d 'Write a commented configuration file; an existing one is not changed'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "show" -d 'Show every value and where it comes from; secrets are masked'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "check" -d 'Check the configuration and report what is wrong with it'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "path" -d 'Print the path of the configuration file'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l force -d 'Replace an existing file'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -f -a "list" -d 'List the entries of the cache, without their tokens'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -f -a "explain" -d 'Explain why a request hits or misses the cache, part by part'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -f -a "clear" -d 'Remove the cached tokens of a profile, or all of them'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l scope -d 'Request this scope instead of the profile\'s; repeat the option, or separate scopes with spaces' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l resource -d 'Request a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l audience -d 'Send this audience instead of the profile\'s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s p -l profile -d 'Only the tokens of this profile' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r -f -a "(__jeton_candidates profiles)"
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l for -d 'Use the profile whose match list covers this URL; the longest match wins' -r -f -a "(__jeton_candidates urls)"
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l scope -d 'Request this scope instead of the profile\'s; repeat the option, or separate scopes with spaces' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l resource -d 'Request a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l audience -d 'Send this audience instead of the profile\'s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l ca-file -d 'Also trust the certificate authorities in this PEM file' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l proxy -d 'Connect through this proxy instead of the one in the environment; never for loopback' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l timeout -d 'Give up after this long, retries included, such as 10s' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l token -d 'Check this token instead of requesting one: - for stdin, or @FILE' -r -f -a "(__jeton_files_after_at)"
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l bundle -d 'Write a report to share, without secrets and tokens, to a new folder' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s o -l output -d 'Output format [default: panel]' -r -f -a "panel\t'Text for people'
json\t'JSON for machines'"
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l embedded -d 'Start an authority inside this process and use it; needs no configuration'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l no-request -d 'Request no token: check everything up to the request, and send no credential'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l data -d 'The folder of the database and the signing keys' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l issuer -d 'The URL by which clients know this server; the iss of its tokens' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l listen -d 'The address to listen on; port 0 picks a free port' -r -f
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l dev -d 'Try it: in memory, on a loopback address, with a client that is printed'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l behind-proxy -d 'A proxy in front terminates TLS: allow listening on addresses other than loopback'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand man" -l config -d 'Read this configuration file instead of the default one [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand man" -l env-file -d 'Read a .env file as environment variables; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand man" -l log-format -d 'Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour on a terminal'
json\t'For machines: one JSON object per line, times in RFC 3339, UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand man" -l dir -d 'Write one page per command to this folder' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand man" -l json -d 'Print the result as JSON, and an error as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand man" -s q -l quiet -d 'Print errors only'
complete -c jeton -n "__fish_jeton_using_subcommand man" -s v -l verbose -d 'Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand man" -l no-emoji -d 'Print no emoji'
complete -c jeton -n "__fish_jeton_using_subcommand man" -l no-input -d 'Never prompt; fail if input is required [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
