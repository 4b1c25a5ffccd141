/** `inlay completion <shell>`: what a shell offers behind `inlay`, as a script for it. */
import type { TypedCommand, TypedFlag } from "./command-tree.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

export function completionFor(shell: Shell, tree: readonly TypedCommand[]): string {
	return { bash: inBash, zsh: inZsh, fish: inFish }[shell](tree);
}

/** By the words before the cursor that are no flags. */
function inBash(tree: readonly TypedCommand[]): string {
	const cases = tree.map(({ words, flags, follows }) => {
		const offered = [...follows, ...flags.map(({ name }) => name)].join(" ");
		return `\t\t"${words.join(" ")}") offered="${offered}" ;;`;
	});
	const values = valueFlags(tree).map(
		({ name, values: known }) => `\t\t${name}) COMPREPLY=($(compgen -W "${known.join(" ")}" -- "$current")); return ;;`,
	);
	return `# inlay completion bash: source <(inlay completion bash)
_inlay() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" words="" offered="" word
	case "$previous" in
${values.join("\n")}
	esac
	for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case " $word " in " -"*) ;; *) case "\${words:+$words }$word" in
${tree.map(({ words }) => `\t\t"${words.join(" ")}") words="${words.join(" ")}" ;;`).join("\n")}
		esac ;; esac
	done
	case "$words" in
${cases.join("\n")}
	esac
	COMPREPLY=($(compgen -W "$offered" -- "$current"))
	[ "\${#COMPREPLY[@]}" -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _inlay inlay
`;
}

/** zsh understands bash's by its own compatibility. */
function inZsh(tree: readonly TypedCommand[]): string {
	return `#compdef inlay
# inlay completion zsh: source <(inlay completion zsh)
autoload -Uz compinit bashcompinit
(( \${+functions[compdef]} )) || compinit
bashcompinit
${inBash(tree)}`;
}

function inFish(tree: readonly TypedCommand[]): string {
	const lines = tree.flatMap(({ words, flags, follows }) => {
		const when = words.length === 0 ? "__fish_use_subcommand" : `__inlay_at ${words.join(" ")}`;
		const start = `complete -c inlay -n '${when}'`;
		const offered = follows.map((name) => {
			const next = tree.find((each) => each.words.join(" ") === [...words, name].join(" "));
			return `${start} -f -a '${name}'${next ? ` -d ${quoted(next.description)}` : ""}`;
		});
		return [...offered, ...flags.map((flag) => `${start} ${fishFlag(flag)}`)];
	});
	return `# inlay completion fish: inlay completion fish | source
function __inlay_at
	set -l typed (commandline -opc | string match -v -- '-*')
	test "$typed[2..]" = "$argv"; or string match -q -- "$argv *" "$typed[2..]"
end
${lines.join("\n")}
`;
}

function fishFlag({ name, description, takesValue, values }: TypedFlag): string {
	const known = values.length > 0 ? ` -f -a ${quoted(values.join(" "))}` : "";
	return `-l ${name.replace(/^--/, "")}${takesValue ? " -r" : ""}${known} -d ${quoted(description)}`;
}

function quoted(text: string): string {
	return `'${text.replace(/\\/g, "\\\\").replace(/'/g, "\\'")}'`;
}

function valueFlags(tree: readonly TypedCommand[]): TypedFlag[] {
	const all = tree.flatMap(({ flags }) => flags.filter(({ values }) => values.length > 0));
	return [...new Map(all.map((flag) => [flag.name, flag])).values()];
}
