import { presenceLabel } from "@inlay/contract";
import { type PresenceDefinition, spokenPresence, type UserPresence } from "./model.ts";

/** The language of labels when none is asked for. */
const fallbackLocale = "en_US";

/** `OrganizationPresence`, the older family (platform-api 5.2). */
export function organizationPresence(definition: PresenceDefinition, localeCode?: string) {
	return {
		id: definition.id,
		name: labelIn(definition, localeCode),
		languageLabels: labelsFor(definition, localeCode),
		systemPresence: spokenPresence(definition.systemPresence),
		deactivated: definition.deactivated,
		primary: definition.primary,
		createdDate: definition.createdDate.toISOString(),
		modifiedDate: definition.modifiedDate.toISOString(),
		selfUri: `/api/v2/presencedefinitions/${definition.id}`,
	};
}

/** `OrganizationPresenceDefinition`, the newer family: the same ids. */
export function presenceDefinition(definition: PresenceDefinition, localeCode?: string) {
	return {
		id: definition.id,
		name: labelIn(definition, localeCode),
		type: definition.primary ? "System" : "User",
		languageLabels: labelsFor(definition, localeCode),
		systemPresence: definition.systemPresence,
		divisionId: definition.divisionId,
		deactivated: definition.deactivated,
		selfUri: `/api/v2/presence/definitions/${definition.id}`,
	};
}

/** `UserPresence`. */
export function userPresence(presence: UserPresence) {
	const { userId, definition, next } = presence;
	return {
		id: userId,
		source: "PURECLOUD",
		primary: true,
		presenceDefinition: {
			id: definition.id,
			systemPresence: spokenPresence(definition.systemPresence),
			selfUri: `/api/v2/presencedefinitions/${definition.id}`,
		},
		message: presence.message,
		...(presence.modifiedDate ? { modifiedDate: presence.modifiedDate.toISOString() } : {}),
		// Ours: what follows when after-call work is done.
		...(next
			? { inlayThen: { id: next.definition.id, systemPresence: spokenPresence(next.definition.systemPresence) } }
			: {}),
		selfUri: `/api/v2/users/${userId}/presences/purecloud`,
	};
}

/** `UcUserPresence`, as the bulk reading has it: whose presence it is stands in `userId`, and nothing is primary. */
export function bulkPresence(presence: UserPresence) {
	const { primary: _primary, ...view } = userPresence(presence);
	return { ...view, userId: presence.userId };
}

function labelsFor(definition: PresenceDefinition, localeCode: string | undefined): Record<string, string> {
	if (!localeCode || localeCode.toUpperCase() === "ALL") return definition.languageLabels;
	return { [localeCode]: labelIn(definition, localeCode) };
}

/** As panels show it, else in whichever language there is. */
function labelIn({ languageLabels, systemPresence }: PresenceDefinition, localeCode = fallbackLocale): string {
	const label = presenceLabel(languageLabels, localeCode) ?? Object.values(languageLabels)[0];
	return label ?? spokenPresence(systemPresence);
}
