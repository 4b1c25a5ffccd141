import { homePermissions } from "@inlay/contract/home";
import { everyDivision, type Need, type Rights } from "./rights.ts";

const everywhere = (...permissions: string[]): Need => ({ permissions, divisionId: everyDivision });
const somewhere = (...permissions: string[]): Need => ({ permissions });

/**
 * What each action of the console needs, as the server's routes ask for it (e2e/support/console-needs.ts says of which, and a
 * test compares them). Where it depends on a thing's division, `inDivision` says of which.
 */
export const needs = {
	viewDeployments: somewhere("integrations:integration:view"),
	addDeployment: everywhere("integrations:integration:add"),
	editDeployment: everywhere("integrations:integration:edit"),
	deleteDeployment: everywhere("integrations:integration:delete"),
	viewClients: somewhere("oauth:client:view"),
	addClient: somewhere("oauth:client:add"),
	editClient: somewhere("oauth:client:edit"),
	deleteClient: somewhere("oauth:client:delete"),
	viewApplications: somewhere("oauth:client:authorize"),
	authorizeClients: everywhere("oauth:client:authorize"),
	viewEnforcement: somewhere("directory:organization:admin", "oauth:client:authorize"),
	editEnforcement: everywhere("directory:organization:admin"),
	viewUsage: somewhere("oauth:client:view", "usage:client:view"),
	observeQueues: somewhere(...homePermissions.queues),
	viewTroubles: somewhere(...homePermissions.troubles),
	viewFirstSteps: somewhere(...homePermissions.steps),
	viewPeople: somewhere("directory:user:view"),
	addPerson: somewhere("directory:user:add"),
	editPerson: somewhere("directory:user:edit", "directory:organization:admin"),
	deletePerson: somewhere("directory:user:delete", "directory:organization:admin"),
	setPassword: somewhere("directory:user:setPassword"),
	endSessions: somewhere("oauth:token:delete"),
	viewGroups: somewhere("directory:group:add", "directory:group:edit", "directory:group:delete"),
	addGroup: everywhere("directory:group:add"),
	editGroup: everywhere("directory:group:edit"),
	deleteGroup: everywhere("directory:group:delete"),
	editLocations: everywhere("directory:organization:admin"),
	viewDivisions: somewhere(
		"authorization:division:add",
		"authorization:division:edit",
		"authorization:division:delete",
	),
	addDivision: { ...everywhere("authorization:division:add", "authorization:grant:add"), all: true },
	editDivision: somewhere("authorization:division:edit"),
	deleteDivision: somewhere("authorization:division:delete"),
	viewRoles: somewhere("authorization:role:view"),
	addRole: everywhere("authorization:role:add"),
	editRole: everywhere("authorization:role:edit"),
	deleteRole: everywhere("authorization:role:delete"),
	viewGrants: somewhere("authorization:grant:view"),
	viewLicenses: somewhere("authorization:grant:view", "authorization:grant:add"),
	giveRole: somewhere("authorization:grant:add"),
	takeRole: somewhere("authorization:grant:delete"),
	viewQueues: somewhere("routing:queue:view"),
	addQueue: somewhere("routing:queue:add"),
	editQueue: somewhere("routing:queue:edit"),
	deleteQueue: somewhere("routing:queue:delete"),
	manageMembers: somewhere("routing:queue:edit", "routing:queueMember:manage"),
	viewSkills: somewhere("routing:skill:view"),
	addSkill: everywhere("routing:skill:manage", "routing:skill:create"),
	deleteSkill: everywhere("routing:skill:manage", "routing:skill:delete"),
	manageLanguages: everywhere("routing:skill:manage"),
	assignSkills: somewhere("routing:skill:assign"),
	assignLanguages: somewhere("routing:skill:assign", "routing:language:assign"),
	viewUtilization: somewhere("routing:utilization:manage", "routing:utilization:view"),
	managePersonUtilization: somewhere("routing:utilization:manage"),
	manageUtilization: everywhere("routing:utilization:manage"),
	viewStatuses: somewhere("presence:presenceDefinition:view"),
	addStatus: somewhere("presence:presenceDefinition:add"),
	editStatus: somewhere("presence:presenceDefinition:edit"),
	deleteStatus: somewhere("presence:presenceDefinition:delete", "presence:presenceDefinition:edit"),
	orderStatuses: everywhere("presence:presenceDefinition:edit"),
	viewOutbound: somewhere(
		"outbound:campaign:view",
		"outbound:contactList:view",
		"outbound:dncList:view",
		"outbound:callableTimeSet:view",
		"outbound:attemptLimits:view",
		"outbound:ruleSet:view",
		"outbound:wrapUpCodeMapping:view",
	),
	viewCampaigns: somewhere("outbound:campaign:view"),
	addCampaign: somewhere("outbound:campaign:add"),
	editCampaign: somewhere("outbound:campaign:edit"),
	deleteCampaign: somewhere("outbound:campaign:delete"),
	viewContactLists: somewhere("outbound:contactList:view"),
	addContactList: somewhere("outbound:contactList:add"),
	editContactList: somewhere("outbound:contactList:edit"),
	deleteContactList: somewhere("outbound:contactList:delete"),
	addContacts: somewhere("outbound:contact:add"),
	viewContacts: somewhere("outbound:contact:view"),
	editContacts: somewhere("outbound:contact:edit"),
	deleteContacts: somewhere("outbound:contact:delete"),
	viewDncNumbers: somewhere("outbound:dnc:view"),
	viewDncLists: somewhere("outbound:dncList:view"),
	addDncList: somewhere("outbound:dncList:add"),
	editDncList: somewhere("outbound:dncList:edit"),
	deleteDncList: somewhere("outbound:dncList:delete"),
	addToDnc: somewhere("outbound:dnc:add"),
	viewTimeSets: somewhere("outbound:callableTimeSet:view"),
	addTimeSet: everywhere("outbound:callableTimeSet:add"),
	editTimeSet: everywhere("outbound:callableTimeSet:edit"),
	deleteTimeSet: everywhere("outbound:callableTimeSet:delete"),
	viewAttemptLimits: somewhere("outbound:attemptLimits:view"),
	addAttemptLimits: everywhere("outbound:attemptLimits:add"),
	editAttemptLimits: everywhere("outbound:attemptLimits:edit"),
	deleteAttemptLimits: everywhere("outbound:attemptLimits:delete"),
	viewRuleSets: somewhere("outbound:ruleSet:view"),
	addRuleSet: everywhere("outbound:ruleSet:add"),
	editRuleSet: everywhere("outbound:ruleSet:edit"),
	deleteRuleSet: everywhere("outbound:ruleSet:delete"),
	viewWrapupMapping: somewhere("outbound:wrapUpCodeMapping:view"),
	editWrapupMapping: everywhere("outbound:wrapUpCodeMapping:edit"),
	viewWrapupCodes: somewhere("routing:wrapupCode:view"),
	addWrapupCode: somewhere("routing:wrapupCode:add"),
	editWrapupCode: somewhere("routing:wrapupCode:edit"),
	deleteWrapupCode: somewhere("routing:wrapupCode:delete"),
	viewRecording: somewhere("recording:retentionPolicy:view"),
	addPolicy: everywhere("recording:retentionPolicy:add"),
	editPolicy: everywhere("recording:retentionPolicy:edit"),
	deletePolicy: everywhere("recording:retentionPolicy:delete"),
	viewCallRules: somewhere("directory:organization:admin"),
	editCallRules: everywhere("directory:organization:admin"),
	viewForwarding: somewhere("conversation:callForwarding:editOther"),
	editForwarding: everywhere("conversation:callForwarding:editOther"),
	viewVoicemail: somewhere("telephony:plugin:all"),
	editGreetings: somewhere("directory:group:edit", "routing:queue:edit"),
	editVoicemail: everywhere("telephony:plugin:all"),
	manageNumbers: everywhere("telephony:plugin:all"),
	manageTrunks: everywhere("telephony:plugin:all"),
	viewExternalContacts: somewhere("externalContacts:contact:view", "relate:contact:view"),
	addExternalContact: somewhere("externalContacts:contact:add", "relate:contact:add"),
	editExternalContact: somewhere("externalContacts:contact:edit", "relate:contact:edit"),
	deleteExternalContact: somewhere("externalContacts:contact:delete", "relate:contact:delete"),
	viewOrganizations: somewhere("externalContacts:externalOrganization:view", "relate:externalOrganization:view"),
	addOrganization: somewhere("externalContacts:externalOrganization:add", "relate:externalOrganization:add"),
	editOrganization: somewhere("externalContacts:externalOrganization:edit", "relate:externalOrganization:edit"),
	deleteOrganization: somewhere("externalContacts:externalOrganization:delete", "relate:externalOrganization:delete"),
	viewScripts: somewhere("scripter:script:view"),
	addScript: somewhere("scripter:script:add"),
	editScript: somewhere("scripter:script:edit"),
	deleteScript: somewhere("scripter:script:delete"),
	viewWebServices: somewhere("integrations:action:view"),
	addWebService: everywhere("integrations:action:add"),
	editWebService: everywhere("integrations:action:edit"),
	deleteWebService: everywhere("integrations:action:delete"),
	editScriptHosts: everywhere("integrations:integration:edit"),
	publishScript: somewhere("scripter:publishedScript:add"),
	viewResponses: somewhere("responses:response:view"),
	addResponse: everywhere("responses:response:add"),
	editResponse: everywhere("responses:response:edit"),
	deleteResponse: everywhere("responses:response:delete"),
	viewAssets: somewhere("responseAssets:asset:view"),
	addAsset: somewhere("responseAssets:asset:add"),
	deleteAsset: somewhere("responseAssets:asset:delete"),
	viewLibraries: somewhere("responses:library:view"),
	addLibrary: everywhere("responses:library:add"),
	editLibrary: everywhere("responses:library:edit"),
	deleteLibrary: everywhere("responses:library:delete"),
	viewEmail: everywhere("routing:email:view", "routing:email:manage"),
	manageEmail: everywhere("routing:email:manage"),
	viewMessageAddresses: everywhere("integrations:integration:view"),
	addMessageAddress: everywhere("integrations:integration:add"),
	editMessageAddress: everywhere("integrations:integration:edit"),
	deleteMessageAddress: everywhere("integrations:integration:delete"),
	viewCalls: somewhere("conversation:communication:view"),
	editStation: somewhere("telephony:plugin:all"),
	viewAudits: somewhere("audits:audit:view"),
	editAuditSettings: everywhere("directory:organization:admin"),
	viewProviders: everywhere("sso:provider:view"),
	addProvider: everywhere("sso:provider:add"),
	editProvider: everywhere("sso:provider:edit"),
	deleteProvider: everywhere("sso:provider:delete"),
	viewSignInRules: somewhere("directory:organization:admin"),
	editSignInRules: everywhere("directory:organization:admin"),
} as const satisfies Record<string, Need>;

/** The need in the division of the thing that it is about. */
export function inDivision(need: Need, divisionId: string | undefined): Need {
	return divisionId === undefined ? need : { ...need, divisionId };
}

/** A client that people sign in with is the whole organization's; one with client credentials has its roles' divisions. */
export function clientNeed(need: Need, grantType: string): Need {
	return grantType === "CLIENT-CREDENTIALS" ? need : { ...need, divisionId: everyDivision };
}

/**
 * The console gives a new client's roles in every division, as its form says, and any other client is the whole organization's:
 * in one division alone nobody adds one here, though the server's route opens for them.
 */
export const addingClient: Need = inDivision(needs.addClient, everyDivision);

/** What administering is made of: who loses one of these by what they do is told before. */
export const duties = {
	giveRoles: needs.giveRole,
	editRoles: needs.editRole,
	editPeople: needs.editPerson,
	setPasswords: needs.setPassword,
	editGroups: needs.editGroup,
	editClients: inDivision(needs.editClient, everyDivision),
	editDeployments: needs.editDeployment,
	editSignInRules: needs.editSignInRules,
} as const satisfies Record<string, Need>;

export type Duty = keyof typeof duties;

/** The duties that somebody could do before and cannot any more. */
export function lostDuties(before: Rights, after: Rights): Duty[] {
	const all = Object.keys(duties) as Duty[];
	return all.filter((duty) => before.may(duties[duty]) && !after.may(duties[duty]));
}
