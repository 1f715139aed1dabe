# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# How the tables above complete the words of diptychd.

_diptychd_offer() {
    local word
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(compgen -W "$1" -- "$2")
}

_diptychd() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local action=${COMP_WORDS[1]} second word
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        _diptychd_offer "$_diptychd_first" "$current"
        return
    fi
    second=$(_diptychd_second "$action")
    if [ -n "$second" ] && [ "$COMP_CWORD" -eq 2 ]; then
        _diptychd_offer "$second" "$current"
        return
    fi
    [ -z "$second" ] || action="$action ${COMP_WORDS[2]}"
    case $before in
    --role) _diptychd_offer "$_diptychd_roles" "$current" ;;
    --log-level)
        _diptychd_offer "error warning notice info debug" "$current"
        ;;
    *)
        case $current in
        -*) _diptychd_offer "$(_diptychd_options "$action")" "$current" ;;
        *)
            compopt -o filenames 2>/dev/null
            while IFS= read -r word; do
                COMPREPLY+=("$word")
            done < <(compgen -f -- "$current")
            ;;
        esac
        ;;
    esac
}
complete -F _diptychd diptychd
