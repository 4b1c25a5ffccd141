/** Who runs this, so that nobody takes from themselves what they need to undo it. */

import type { Platform, Thing } from "../../platform/platform.ts";
import { PlatformError } from "../../platform/platform-error.ts";
import { idOf, listOf, text } from "../kinds/kind.ts";

export interface Self {
	clientId?: string;
	userId?: string;
	/** Ids of the roles that count for who asks, those of groups included. */
	roleIds: ReadonlySet<string>;
	/** Ids of the groups by which some of them count. */
	groupIds: ReadonlySet<string>;
	/** Its roles were told. */
	isWhole: boolean;
	/** For people. */
	name: string;
	organization: string;
}

export async function readSelf(platform: Platform): Promise<Self> {
	const [token, user, subject] = await Promise.all([
		allowed(platform, "/api/v2/tokens/me"),
		allowed(platform, "/api/v2/users/me"),
		allowed(platform, "/api/v2/authorization/subjects/me"),
	]);
	const client = token?.OAuthClient as Thing | undefined;
	const [clientId, userId] = [idOf(client), idOf(user)];
	const grants = listOf(subject?.grants);
	const roleIds = new Set(grants.map((grant) => idOf(grant.role)));
	const groupIds = new Set(grants.map(({ subjectId }) => text(subjectId)).filter((id) => id !== idOf(subject)));
	const name = text(user?.email) || text(client?.name) || "whoever the token is of";
	const organization = text((token?.organization as Thing | undefined)?.name) || "this organization";
	const own = { ...(clientId ? { clientId } : {}), ...(userId ? { userId } : {}) };
	return { ...own, roleIds, groupIds, isWhole: subject !== undefined, name, organization };
}

/** Undefined where it is not for who asks: a client is no user. @throws PlatformError where nobody is let in */
async function allowed(platform: Platform, path: string): Promise<Thing | undefined> {
	try {
		return (await platform.get(path)).body;
	} catch (error) {
		if (error instanceof PlatformError && [400, 403, 404].includes(error.status)) return undefined;
		throw error;
	}
}
