import { signal } from "@preact/signals";
import { allRights, type HeldGrant, Rights } from "../session/rights.ts";
import { Self } from "../session/self.ts";

/** A grant of these permissions in a division. */
export function grantOf(
	permissions: readonly string[],
	divisionId = "*",
	{ subjectId = "me", roleId = "r" }: { subjectId?: string; roleId?: string } = {},
): HeldGrant {
	const policies = permissions.map((permission) => {
		const [domain = "", entityName = "", action = ""] = permission.split(":");
		return { domain, entityName, actions: [action] };
	});
	return { subjectId, division: { id: divisionId, name: divisionId }, role: { id: roleId, name: roleId, policies } };
}

/** Somebody signed in as `me` with these grants; everything everywhere unless told otherwise. */
export function selfWith(...grants: HeldGrant[]): Self & { readings: number } {
	const rights = signal(grants.length > 0 ? new Rights(grants) : allRights);
	const self = new Self("me", rights, async () => {
		counted.readings++;
	});
	const counted = Object.assign(self, { readings: 0 });
	return counted;
}
