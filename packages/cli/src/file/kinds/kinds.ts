import type { Section } from "../format/sections.ts";
import { clients } from "./clients.ts";
import { deployments } from "./deployments.ts";
import { divisions, languages, presenceDefinitions, skills, wrapupCodes } from "./directory.ts";
import type { Kind } from "./kind.ts";
import { campaigns, contactLists } from "./outbound.ts";
import { groups, users } from "./people.ts";
import { queues } from "./queues.ts";
import { roles } from "./roles.ts";

export const kinds: Readonly<Record<Section, Kind>> = {
	divisions,
	skills,
	languages,
	wrapupCodes,
	presenceDefinitions,
	roles,
	clients,
	users,
	groups,
	queues,
	contactLists,
	campaigns,
	deployments,
};
