import { type Mended, type RecoveredAdministrator, readConfig, recoverAdmin } from "@inlay/core";
import { placeFlags, type ResetOptions, report } from "./reset-password.ts";

/** Flags of `inlay recover-admin`. */
export interface RecoverOptions extends ResetOptions {
	create?: boolean;
	removeAddressList?: boolean;
}

/** `inlay recover-admin`: gives an organization that has locked itself out its administrator back. */
export async function recoverAdministrator(
	user: string,
	options: RecoverOptions,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	process.umask(0o077);
	const { removeSecondFactor = false, create = false, removeAddressList = false } = options;
	const config = readConfig(placeFlags(options), env);
	const wanted = { user, removeSecondFactor, create, removeAddressList };
	console.log(recoveryReport(await recoverAdmin(config, wanted, (sentence) => console.error(sentence))));
}

const sentences: Readonly<Record<Mended, string>> = {
	account: "The account has been made.",
	role: "The role Master Admin allows everything again.",
	grant: "The user holds that role in every division.",
	client: "The OAuth client that comes with Inlay signs people in again.",
	addressList: "The list of addresses from which people may work has been emptied.",
};

/** What was done, for the person at the terminal. */
export function recoveryReport(done: RecoveredAdministrator): string {
	const { mended, onlyFrom } = done;
	return [
		report(done),
		...mended.map((what) => sentences[what]),
		...(mended.length === 0 ? ["Role, grant and client were whole already."] : []),
		...(onlyFrom.length > 0
			? [
					`People may sign in from these addresses alone: ${onlyFrom.join(", ")}. If none is yours: run again with --remove-address-list.`,
				]
			: []),
	].join("\n");
}
