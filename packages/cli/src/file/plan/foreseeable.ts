/** What the organization would refuse of a plan, as far as it tells its rules: known before anything is half done. */
import { permissionMatches } from "@inlay/contract";
import {
	defaultRequirements,
	type PasswordRequirements,
	passwordProblems,
	passwordSentences,
} from "@inlay/core/password-policy";
import type { Platform, Thing } from "../../platform/platform.ts";
import { isRefusal, PlatformError } from "../../platform/platform-error.ts";
import { listOf, text } from "../kinds/kind.ts";
import type { Problem } from "../read/problems.ts";
import type { ReadFile } from "../read/read-file.ts";
import type { Step } from "./step.ts";

export async function foreseeable(steps: readonly Step[], platform: Platform, read: ReadFile): Promise<Problem[]> {
	const [permissions, passwords] = await Promise.all([
		unknownPermissions(steps, platform, read),
		badPasswords(steps, platform, read),
	]);
	return [...permissions, ...passwords];
}

/** A permission, or a wildcard, by which none of the organization's is meant. What a role holds already may stay. */
async function unknownPermissions(steps: readonly Step[], platform: Platform, read: ReadFile): Promise<Problem[]> {
	const written = steps.flatMap(({ section, action, wanted, found }) => {
		if (section !== "roles" || action === "delete" || !wanted) return [];
		const held = new Set(listOf<string>(found?.values.permissions));
		return listOf<string>(wanted.values.permissions).flatMap((permission, index) =>
			held.has(permission) ? [] : [{ permission, path: [...wanted.path, "permissions", index] }],
		);
	});
	if (written.length === 0) return [];
	const known = await told(() => platform.list("/api/v2/authorization/permissions"));
	const all = (known ?? []).flatMap(permissionsOf);
	if (all.length === 0) return [];
	return written
		.filter(({ permission }) => !all.some((one) => permissionMatches(permission, one)))
		.map(({ permission, path }) => read.problem(path, `The organization has no permission ${permission}.`));
}

function permissionsOf({ domain, permissionMap }: Thing): string[] {
	return Object.entries((permissionMap ?? {}) as object).flatMap(([entity, all]) =>
		listOf(all).map(({ action }) => `${text(domain)}:${entity}:${text(action)}`),
	);
}

/** Of accounts that are made; those that are there keep theirs, and nobody asks for one. */
async function badPasswords(steps: readonly Step[], platform: Platform, read: ReadFile): Promise<Problem[]> {
	const { passwords } = read;
	const made = steps.flatMap(({ section, action, wanted }) => {
		const variable = (wanted?.values.password as { env: string } | undefined)?.env;
		return section === "users" && action === "create" && wanted && variable ? [{ ...wanted, variable }] : [];
	});
	if (!passwords || made.length === 0) return [];
	const settings = await told(async () => (await platform.get("/api/v2/organizations/authentication/settings")).body);
	const asked = (settings?.passwordRequirements ?? {}) as Partial<PasswordRequirements>;
	const requirements = { ...defaultRequirements, ...(platform.isRegion ? { minimumLength: 0 } : {}), ...asked };
	return made.flatMap(({ path, variable, name, values }) => {
		const value = passwords.get(variable) ?? "";
		const problem = (sentence: string) => [read.problem([...path, "password", "env"], sentence)];
		if (value === "") return problem(`The variable ${variable} is not set.`);
		const wrong = passwordProblems(value, requirements, { own: [name, text(values.name)] }).filter(
			// What else a region refuses it does not tell.
			({ kind }) => !platform.isRegion || !["common", "ownName"].includes(kind),
		);
		return wrong.length === 0 ? [] : problem(`What ${variable} has is refused: ${passwordSentences(wrong)}`);
	});
}

/** Undefined where one may not read it: then whoever applies hears it from the organization. */
async function told<T>(ask: () => Promise<T>): Promise<T | undefined> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof PlatformError && isRefusal(error)) return undefined;
		throw error;
	}
}
