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

complete -c jeton -n "__fish_jeton_needs_command" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_needs_command" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_needs_command" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_needs_command" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_needs_command" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_needs_command" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_needs_command" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_needs_command" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_needs_command" -s V -l version -d 'Print version'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "token" -d 'Get and inspect access tokens'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "auth" -d 'See and store the credentials of the profiles'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "jwks" -d 'Judge the key set of a server'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "mtls" -d 'Look at mutual TLS: what a server asks for, and what it makes of our certificate'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "export" -d 'Hand a token to other programs'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "config" -d 'Write, show and check the configuration'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "cache" -d 'See, explain and clear the cached tokens'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "doctor" -d 'Find out why there is no token, or why it is refused'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "serve" -d 'Run the authority: an authorization server for machines'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c jeton -n "__fish_jeton_needs_command" -f -a "man" -d 'Print the manual page of jeton, or write one page for each command'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "get" -d 'Get a token: from the cache if it is fresh enough, else from the server'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "decode" -d 'Show what a token says, with readable times; nothing is verified'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "verify" -d 'Verify a signed token: its signature and what it claims, by every rule at once'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "introspect" -d 'Ask the authorization server about a token (RFC 7662)'
complete -c jeton -n "__fish_jeton_using_subcommand token; and not __fish_seen_subcommand_from get decode verify introspect revoke" -f -a "revoke" -d 'Have the authorization server revoke a token (RFC 7009), and drop it from the cache'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l scope -d 'Ask for this scope instead of the profile\'s; repeat it or separate by spaces' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l resource -d 'Ask for a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l audience -d 'Send this `audience` instead of the profile\'s' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l min-ttl -d 'Never hand out a token with less left than this, such as 30s or 10m' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'A table for people; the token is masked'
json\t'A JSON object with fixed keys; the token is masked'
raw\t'The token alone, one line'
header\t'`Authorization: Bearer …`, one line'
exec-credential\t'What kubectl asks of a credential plugin'
credential\t'JSON for wrappers: type, token, header, `expires_at`'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l require-scope -d 'Fail (exit 8) unless the token has this scope; repeat it or separate by spaces' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l require-aud -d 'Fail (exit 8) unless the token is for this audience; may be repeated' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l fresh -d 'Pass over the cache and ask the server; the new token is cached'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l reveal -d 'Show the token itself in the panel and in JSON'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -l copy -d 'Put the token on the clipboard of the terminal (OSC 52)'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l jwks -d 'Take the keys from this JWK Set (RFC 7517) instead of the issuer\'s' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l key -d 'Take this public key, PEM (that of a certificate too) or JWK, whatever `kid` the token has' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l iss -d 'Demand this issuer, to the letter; its metadata says where the keys are' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l aud -d 'Demand that the token is for this audience; repeated, for one of them' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l scope -d 'Demand this scope; repeat it or separate by spaces' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l leeway -d 'How far clocks may be apart, such as 5s [default: 30s]' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l at -d 'Judge as of this time: seconds since 1970, or RFC 3339 [default: now]' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l allow-no-aud -d 'Let a token pass that names no audience at all, as access tokens of Amazon Cognito'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l profile-strict -d 'Demand what RFC 9068 requires of an access token: typ at+jwt, and seven claims; otherwise it is noted'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -l signature-only -d 'Judge the signature alone, and say so: nothing is known then of times, issuer and audience'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l jwt -d 'Demand a signed answer (RFC 9701) and verify it'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -l check -d 'Fail (exit 8) unless the token is active'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from introspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -f -a "status" -d 'Show every profile: its token, its time left, its credential and where that comes from'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -f -a "login" -d 'Put the secret or private key of a profile into the OS keyring'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and not __fish_seen_subcommand_from status login logout" -f -a "logout" -d 'Take the secret or private key of a profile out of the OS keyring, and its tokens out of the cache'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l check -d 'Answer by the exit code alone: 0 when every profile shown could hand out a token, else 8'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -l live -d 'Ask the servers too'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and not __fish_seen_subcommand_from test" -f -a "test" -d 'Fetch a key set and judge every key'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l issuer -d 'Ask this issuer where its key set is, without a profile' -r
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l token -d 'Say which key verifies this token, and why the others do not; fail (exit 8) if none does' -r
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l diff -d 'Say what changed since this saved key set' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l interval -d 'With --watch: how often to look, at least 1s' -r
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l duration -d 'With --watch: stop by itself after this long' -r
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l strict -d 'Let warnings fail too'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -l watch -d 'Keep looking, and report every key that is added, removed or replaced, until Ctrl-C'
complete -c jeton -n "__fish_jeton_using_subcommand jwks; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and not __fish_seen_subcommand_from probe" -f -a "probe" -d 'Shake hands with a server, and tell what it takes, shows and asks for'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l cert -d 'Show this client certificate instead of the profile\'s (PEM: its own first, then intermediates; the key may stand in it too)' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l key -d 'The private key of --cert (PEM, not encrypted)' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -l strict -d 'Let warnings fail too'
complete -c jeton -n "__fish_jeton_using_subcommand mtls; and __fish_seen_subcommand_from probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand export; and not __fish_seen_subcommand_from env" -f -a "env" -d 'The token as an environment variable'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l scope -d 'Ask for this scope instead of the profile\'s; repeat it or separate by spaces' -r
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l resource -d 'Ask for a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l audience -d 'Send this `audience` instead of the profile\'s' -r
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l min-ttl -d 'Never hand out a token with less left than this, such as 30s or 10m' -r
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l format -d 'Form of the result [default: sh; dotenv with --file]' -r -f -a "sh\t'`export NAME=\'…\'` for sh, bash, zsh'
fish\t'`set -gx NAME \'…\'`'
powershell\t'`$env:NAME = \'…\'`'
dotenv\t'NAME=… for .env files'
json\t'A JSON object'
github\t'GitHub Actions: masked in the log, then into `$GITHUB_ENV` and `$GITHUB_OUTPUT`'
gitlab\t'GitLab CI: the content of a dotenv report'"
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l name -d 'Name of the variable' -r
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l file -d 'Write into this file (mode 0600) and leave its other lines as they are; for sh, dotenv and gitlab' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l fresh -d 'Pass over the cache and ask the server; the new token is cached'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -l reveal -d 'Show the token itself on a terminal too'
complete -c jeton -n "__fish_jeton_using_subcommand export; and __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "init" -d 'Write a commented configuration file; one that exists is left alone'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "show" -d 'Show every value and where it came from; secrets are masked'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "check" -d 'Read the configuration and say what is wrong with it'
complete -c jeton -n "__fish_jeton_using_subcommand config; and not __fish_seen_subcommand_from init show check path" -f -a "path" -d 'Print where the configuration file is'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -l force -d 'Replace a file that is there'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -f -a "list" -d 'List what is kept; never a token'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -f -a "explain" -d 'Explain why a request hits or misses the cache, part by part'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and not __fish_seen_subcommand_from list explain clear" -f -a "clear" -d 'Remove the cached tokens of a profile, or all of them'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l scope -d 'Ask for this scope instead of the profile\'s; repeat it or separate by spaces' -r
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l resource -d 'Ask for a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l audience -d 'Send this `audience` instead of the profile\'s' -r
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s p -l profile -d 'Only the tokens of this profile' -r
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand cache; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s p -l profile -d 'The profile to use [env: JETON_PROFILE]' -r
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l for -d 'Use the profile whose `match` list covers this URL; the longest match wins' -r
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l scope -d 'Ask for this scope instead of the profile\'s; repeat it or separate by spaces' -r
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l resource -d 'Ask for a token for this resource instead of the profile\'s (RFC 8707); may be repeated' -r
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l audience -d 'Send this `audience` instead of the profile\'s' -r
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l ca-file -d 'Trust the certificate authorities of this PEM file, besides those of the system' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l token -d 'Look at this token instead of asking for one: `-` for stdin, or `@FILE`' -r
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l bundle -d 'Write a report to hand on, without secrets and tokens, into a new folder' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s o -l output -d 'Form of the result [default: panel]' -r -f -a "panel\t'For people'
json\t'For machines'"
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l embedded -d 'Start an authority inside this process and be a client of it: nothing needs to be configured'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -l no-request -d 'Ask for no token: everything up to the request is looked at, and no credential is sent'
complete -c jeton -n "__fish_jeton_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l data -d 'The folder of the database and of the signing keys' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l issuer -d 'The URL that clients know this server by; it is the `iss` of its tokens' -r
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l listen -d 'The address to listen on; port 0 takes a free one' -r
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l dev -d 'Try it out: in memory, on a loopback address, with a client that is printed'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -l behind-proxy -d 'A proxy in front ends TLS: listen on other than loopback addresses too'
complete -c jeton -n "__fish_jeton_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jeton -n "__fish_jeton_using_subcommand man" -l config -d 'Read this configuration file instead of the user\'s [env: JETON_CONFIG]' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand man" -l env-file -d 'Read a .env file as if it were environment; the real environment wins' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand man" -l log-format -d 'Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]' -r -f -a "text\t'For people: local time, colour where there is a terminal'
json\t'For machines: one JSON object a line, RFC 3339 in UTC'"
complete -c jeton -n "__fish_jeton_using_subcommand man" -l dir -d 'Write one page for each command into this folder' -r -F
complete -c jeton -n "__fish_jeton_using_subcommand man" -l json -d 'Print the result as JSON, and a failure as a JSON object on stderr'
complete -c jeton -n "__fish_jeton_using_subcommand man" -s q -l quiet -d 'Say nothing but errors'
complete -c jeton -n "__fish_jeton_using_subcommand man" -s v -l verbose -d 'Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]'
complete -c jeton -n "__fish_jeton_using_subcommand man" -l no-emoji -d 'Leave out emoji'
complete -c jeton -n "__fish_jeton_using_subcommand man" -l no-input -d 'Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]'
complete -c jeton -n "__fish_jeton_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
