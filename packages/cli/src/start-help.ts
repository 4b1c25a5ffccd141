import { type ConfigFlag, configFlags } from "@inlay/core/config/config-flags";

/** The flags of `inlay start` with the variables that say the same, for its help. */
export function startHelp(): string {
	const rows = (configFlags as readonly ConfigFlag[]).map(({ name, value, env, help }) => ({
		flag: value ? `--${name} <${value}>` : `--[no-]${name}`,
		env,
		help,
	}));
	const flagWidth = Math.max(...rows.map(({ flag }) => flag.length));
	const envWidth = Math.max(...rows.map(({ env }) => env.length));
	const lines = rows.map(({ flag, env, help }) => `  ${flag.padEnd(flagWidth)}  ${env.padEnd(envWidth)}  ${help}`);
	return ["", "Flags, and the variables that say the same:", ...lines].join("\n");
}
