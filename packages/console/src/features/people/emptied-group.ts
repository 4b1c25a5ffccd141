import { type Api, listAll } from "../../session/api.ts";
import { needs } from "../../session/needs.ts";
import type { Rights } from "../../session/rights.ts";
import type { Group, Integration, User } from "../../session/wire.ts";

/** Deployments that a group's members may use. */
export async function openedBy(api: Api, groupId: string): Promise<Integration[]> {
	const deployments = await listAll<Integration>(api, "/api/v2/integrations");
	return deployments.filter(({ config }) => config.current.properties.groups?.includes(groupId));
}

/**
 * Names of the deployments that nobody comes into by this group any more, as nobody is in it once these have left. As of now;
 * none where deployments may not be seen.
 * @param leaving ids of people
 */
export async function closedByLeaving(
	api: Api,
	rights: Rights,
	groupId: string,
	leaving: ReadonlySet<string>,
): Promise<string[]> {
	if (!rights.may(needs.viewDeployments)) return [];
	const path = `/api/v2/groups/${groupId}`;
	const { memberCount } = await api.request<Group>("GET", path);
	if (memberCount === 0 || memberCount > leaving.size) return [];
	const members = await listAll<User>(api, `${path}/members`);
	if (members.length < memberCount || members.some(({ id }) => !leaving.has(id))) return [];
	return (await openedBy(api, groupId)).map(({ name }) => name);
}
