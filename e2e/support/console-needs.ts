import { needs } from "@inlay/console/needs";
import { scopesAllow } from "@inlay/contract";

/** What an action needs: any of the permissions, somewhere or in every division. */
interface Asked {
	permissions: string[];
	everywhere: boolean;
	/** Of several permissions all, not one. */
	all: boolean;
}

type Action = keyof typeof needs;

/**
 * The operation whose permission each action of the console is. Groups are open to everybody who is signed in; the console
 * shows them to who may change one, so `viewGroups` and `viewDivisions` are no operation's; nor is `viewOutbound`, which is for who sees any of its lists.
 */
const operations: Record<Exclude<Action, "viewGroups" | "viewDivisions" | "viewOutbound">, string> = {
	viewDeployments: "getIntegrations",
	addDeployment: "postIntegrations",
	editDeployment: "putIntegrationConfigCurrent",
	deleteDeployment: "deleteIntegration",
	viewClients: "getOauthClients",
	addClient: "postOauthClients",
	editClient: "putOauthClient",
	deleteClient: "deleteOauthClient",
	viewApplications: "getOauthAuthorizations",
	authorizeClients: "putInlayOauthAuthorization",
	viewEnforcement: "getInlayOauthScopesEnforcement",
	editEnforcement: "putInlayOauthScopesEnforcement",
	viewUsage: "postOauthClientUsageQuery",
	observeQueues: "getInlayRoutingQueuesLive",
	viewTroubles: "getInlayDiagnosticsTroubles",
	viewFirstSteps: "getInlayDiagnosticsSteps",
	viewPeople: "postUsersSearch",
	addPerson: "postUsers",
	editPerson: "patchUser",
	deletePerson: "deleteUser",
	setPassword: "postUserPassword",
	endSessions: "deleteToken",
	addGroup: "postGroups",
	editGroup: "putGroup",
	deleteGroup: "deleteGroup",
	viewRoles: "getAuthorizationRoles",
	addDivision: "postAuthorizationDivisions",
	editDivision: "putAuthorizationDivision",
	deleteDivision: "deleteAuthorizationDivision",
	addRole: "postAuthorizationRoles",
	editRole: "putAuthorizationRole",
	deleteRole: "deleteAuthorizationRole",
	viewGrants: "getAuthorizationSubject",
	viewLicenses: "postLicenseUsers",
	giveRole: "postAuthorizationSubjectDivisionRole",
	takeRole: "deleteAuthorizationSubjectDivisionRole",
	viewQueues: "getRoutingQueues",
	addQueue: "postRoutingQueues",
	editQueue: "putRoutingQueue",
	deleteQueue: "deleteRoutingQueue",
	manageMembers: "postRoutingQueueMembers",
	viewSkills: "getRoutingSkills",
	addSkill: "postRoutingSkills",
	deleteSkill: "deleteRoutingSkill",
	manageLanguages: "postRoutingLanguages",
	assignSkills: "postUserRoutingskills",
	assignLanguages: "patchUserRoutinglanguagesBulk",
	viewUtilization: "getRoutingUtilization",
	managePersonUtilization: "putRoutingUserUtilization",
	manageUtilization: "putRoutingUtilization",
	viewStatuses: "getInlayPresenceDefinitions",
	addStatus: "postPresenceDefinitions0",
	editStatus: "putPresenceDefinition0",
	deleteStatus: "deletePresenceDefinition0",
	orderStatuses: "putInlayPresenceDefinitionsOrder",
	viewCallRules: "getInlayCallsRules",
	editCallRules: "putInlayCallsRules",
	viewForwarding: "getInlayCallforwardingLimits",
	editForwarding: "putInlayCallforwardingLimits",
	viewVoicemail: "getVoicemailPolicy",
	editGreetings: "getInlayVoicemailGreetings",
	editVoicemail: "putVoicemailPolicy",
	viewRecording: "getInlayRecordingPolicies",
	addPolicy: "postInlayRecordingPolicies",
	editPolicy: "putInlayRecordingPolicy",
	deletePolicy: "deleteInlayRecordingPolicy",
	viewCampaigns: "getOutboundCampaigns",
	addCampaign: "postOutboundCampaigns",
	editCampaign: "putOutboundCampaign",
	deleteCampaign: "deleteOutboundCampaign",
	viewContactLists: "getOutboundContactlists",
	addContactList: "postOutboundContactlists",
	editContactList: "putOutboundContactlist",
	deleteContactList: "deleteOutboundContactlist",
	addContacts: "putInlayOutboundContacts",
	viewContacts: "getInlayOutboundContacts",
	editContacts: "putOutboundContactlistContact",
	deleteContacts: "deleteOutboundContactlistContact",
	viewDncNumbers: "getInlayOutboundDncNumbers",
	viewDncLists: "getOutboundDnclists",
	addDncList: "postOutboundDnclists",
	editDncList: "putOutboundDnclist",
	deleteDncList: "deleteOutboundDnclist",
	addToDnc: "patchOutboundDnclistPhonenumbers",
	viewTimeSets: "getOutboundCallabletimesets",
	addTimeSet: "postOutboundCallabletimesets",
	editTimeSet: "putOutboundCallabletimeset",
	deleteTimeSet: "deleteOutboundCallabletimeset",
	viewRuleSets: "getOutboundRulesets",
	addRuleSet: "postOutboundRulesets",
	editRuleSet: "putOutboundRuleset",
	deleteRuleSet: "deleteOutboundRuleset",
	viewAttemptLimits: "getOutboundAttemptlimits",
	addAttemptLimits: "postOutboundAttemptlimits",
	editAttemptLimits: "putOutboundAttemptlimit",
	deleteAttemptLimits: "deleteOutboundAttemptlimit",
	viewWrapupMapping: "getOutboundWrapupcodemappings",
	editWrapupMapping: "putOutboundWrapupcodemappings",
	viewWrapupCodes: "getRoutingWrapupcodes",
	addWrapupCode: "postRoutingWrapupcodes",
	editWrapupCode: "putRoutingWrapupcode",
	deleteWrapupCode: "deleteRoutingWrapupcode",
	editStation: "patchInlayStation",
	manageNumbers: "postInlayEntrypoints",
	manageTrunks: "postInlayTrunks",
	viewExternalContacts: "getExternalcontactsContacts",
	addExternalContact: "postExternalcontactsContacts",
	editExternalContact: "putExternalcontactsContact",
	deleteExternalContact: "deleteExternalcontactsContact",
	viewOrganizations: "getExternalcontactsOrganizations",
	addOrganization: "postExternalcontactsOrganizations",
	editOrganization: "putExternalcontactsOrganization",
	deleteOrganization: "deleteExternalcontactsOrganization",
	viewScripts: "getScripts",
	addScript: "postInlayScripts",
	editScript: "putInlayScript",
	deleteScript: "deleteInlayScript",
	publishScript: "postInlayScriptPublish",
	viewWebServices: "getInlayWebServices",
	addWebService: "postInlayWebServices",
	editWebService: "putInlayWebService",
	deleteWebService: "deleteInlayWebService",
	editScriptHosts: "putInlayScriptsHosts",
	viewResponses: "postResponsemanagementResponsesQuery",
	addResponse: "postResponsemanagementResponses",
	editResponse: "putResponsemanagementResponse",
	deleteResponse: "deleteResponsemanagementResponse",
	editLocations: "postLocations",
	viewAssets: "postResponsemanagementResponseassetsSearch",
	addAsset: "postResponsemanagementResponseassetsUploads",
	deleteAsset: "deleteResponsemanagementResponseasset",
	viewLibraries: "getResponsemanagementLibraries",
	addLibrary: "postResponsemanagementLibraries",
	editLibrary: "putResponsemanagementLibrary",
	deleteLibrary: "deleteResponsemanagementLibrary",
	viewEmail: "getInlayEmailDomains",
	manageEmail: "postInlayEmailDomains",
	viewMessageAddresses: "getInlayMessagingAddresses",
	addMessageAddress: "postInlayMessagingAddresses",
	editMessageAddress: "putInlayMessagingAddress",
	deleteMessageAddress: "deleteInlayMessagingAddress",
	viewCalls: "getInlayConversationsQuality",
	viewAudits: "getInlayAudits",
	editAuditSettings: "putInlayAuditsSettings",
	viewProviders: "getInlayIdentityProviders",
	addProvider: "postInlayIdentityProviders",
	editProvider: "putInlayIdentityProvider",
	deleteProvider: "deleteInlayIdentityProvider",
	viewSignInRules: "getOrganizationsAuthenticationSettings",
	editSignInRules: "patchOrganizationsAuthenticationSettings",
};

/** What the console takes each of these actions to need. */
export function consoleNeeds(): Record<string, Asked> {
	const all = Object.keys(operations) as Array<keyof typeof operations>;
	return Object.fromEntries(
		all.map((action) => {
			const need: { permissions: readonly string[]; divisionId?: string; all?: boolean } = needs[action];
			const { permissions, divisionId, all = false } = need;
			return [action, { permissions: [...permissions].sort(), everywhere: divisionId === "*", all }];
		}),
	);
}

interface Description {
	paths: Record<string, Record<string, Operation>>;
}

interface Operation {
	operationId: string;
	/** Says the scopes of which a token needs one. */
	description: string;
	"x-inlay-requires-every-division"?: true;
	"x-inin-requires-permissions"?: { type: "ANY" | "ALL"; permissions: string[] };
}

/** What the server says that the operations of these actions ask for, in its own description (OpenAPI). */
export async function serverNeeds(baseUrl: string): Promise<Record<string, Asked>> {
	const all = await described(baseUrl);
	return Object.fromEntries(
		Object.entries(operations).map(([action, id]) => [
			action,
			askedBy(
				all.find((one) => one.operationId === id),
				id,
			),
		]),
	);
}

async function described(baseUrl: string): Promise<Operation[]> {
	const answer = await fetch(`${baseUrl}/api/v2/docs/openapi.json`);
	const { paths } = (await answer.json()) as Description;
	return Object.values(paths).flatMap((path) => Object.values(path));
}

/** Of the actions' operations those that a token with these scopes does not open, with the scopes of which they need one. */
export async function beyondScopes(baseUrl: string, held: readonly string[]): Promise<string[]> {
	const all = await described(baseUrl);
	return Object.values(operations).flatMap((id) => {
		const text = all.find((one) => one.operationId === id)?.description ?? "";
		const wanted = /a token with the scope ([^.,]+)/.exec(text)?.[1]?.split(" or ") ?? [];
		return scopesAllow(held, wanted) ? [] : [`${id} ${wanted.join()}`];
	});
}

function askedBy(operation: Operation | undefined, id: string): Asked {
	const rule = operation?.["x-inin-requires-permissions"];
	if (!operation || !rule) throw new Error(`The server describes no permission of ${id}.`);
	// The platform's old flat strings, such as "admin", name no entity and open nothing.
	const permissions = rule.permissions.filter((one) => one.includes(":")).sort();
	const all = rule.type === "ALL" && permissions.length > 1;
	return { permissions, everywhere: operation["x-inlay-requires-every-division"] === true, all };
}
