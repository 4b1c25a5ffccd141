import { type RestoredUser, readConfig, resetPassword } from "@inlay/core";

/** Flags of `inlay reset-password`. */
export interface ResetOptions {
	removeSecondFactor?: boolean;
	data?: string;
	databaseUrl?: string;
}

/** `inlay reset-password`: the way back in for whoever owns the machine. The password is printed once and kept nowhere. */
export async function resetUserPassword(user: string, options: ResetOptions, env: NodeJS.ProcessEnv): Promise<void> {
	process.umask(0o077);
	const { removeSecondFactor = false } = options;
	const config = readConfig(placeFlags(options), env);
	console.log(report(await resetPassword(config, { user, removeSecondFactor }, (sentence) => console.error(sentence))));
}

/** Where the installation is, as flags of its configuration. */
export function placeFlags({ data, databaseUrl }: Pick<ResetOptions, "data" | "databaseUrl">): string[] {
	return [...flag("data", data), ...flag("database-url", databaseUrl)];
}

function flag(name: string, value: string | undefined): string[] {
	return value === undefined ? [] : [`--${name}=${value}`];
}

/** What was done, for the person at the terminal. */
export function report(done: RestoredUser): string {
	return [
		`User name: ${done.username} (${done.name})`,
		`One-time password: ${done.password}`,
		"It is shown here only, and the first sign-in with it asks for another one. All sessions of the user have ended.",
		...(done.activated ? ["The user was inactive and is active again."] : []),
		...(done.secondFactorRemoved ? ["The second factor has been removed."] : []),
		...(done.secondFactorStays
			? ["A code of the second factor is asked for as before. If it is lost: run again with --remove-second-factor."]
			: []),
	].join("\n");
}
