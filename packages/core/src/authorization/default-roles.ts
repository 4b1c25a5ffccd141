import { agentPermissionRows } from "@inlay/contract";

/** A role that comes with the product. It can be changed, but not deleted. */
export interface DefaultRole {
	/** Stable id across servers, as the platform's `defaultRoleId`. */
	defaultRoleId: string;
	name: string;
	description: string;
	permissions: readonly string[];
	/** Base roles are meant to be given beside another one. */
	base: boolean;
}

/** What everybody who works here may do: see colleagues, use one's own phone. */
const employeePermissions = [
	"directory:user:view",
	"presence:presenceDefinition:view",
	"telephony:selfStationAssociation:view",
	"telephony:selfStationAssociation:edit",
	"telephony:station:disassociateSelf",
];

/** Rows of the guide's table that say themselves that they are for others: evaluators and administrators. */
const forOthers = ["quality:evaluation:edit", "quality:evaluation:editScore", "wfm:shiftTradeRequest:edit"];

/**
 * The agent table of the configuration guide, and what the operations behind its features ask for, action by action: an
 * agent acts on their own part and their own conversations. Nothing here reads, ends or assigns somebody else's.
 */
const agentPermissions = [
	...employeePermissions,
	...agentPermissionRows.flatMap((row) => row.permissions).filter((permission) => !forOthers.includes(permission)),
	...each("conversation:call", ["add"]),
	...each("conversation:callForwarding", ["view"]),
	...each("conversation:communication", [
		"blindTransfer",
		"blindTransferAgent",
		"blindTransferExternal",
		"blindTransferExternalContact",
		"blindTransferQueue",
		"consultTransfer",
		"consultTransferAgent",
		"consultTransferExternal",
		"consultTransferExternalContact",
		"consultTransferQueue",
		"target",
	]),
	...each("conversation:conference", ["add"]),
	...each("conversation:email", ["park", "send"]),
	...each("conversation:emailAttachment", ["add"]),
	...each("conversation:externalTag", ["edit"]),
	...each("conversation:message", ["park", "view"]),
	...each("conversation:messageMedia", ["view"]),
	...each("conversation:participant", ["wrapup"]),
	...each("conversation:webmessaging", ["create", "view"]),
	...each("externalContacts:contact", ["add", "edit", "view"]),
	...each("externalContacts:conversation", ["associate"]),
	...each("externalContacts:externalOrganization", ["view"]),
	...each("integrations:action", ["execute"]),
	...each("responses:library", ["view"]),
	...each("responses:response", ["view"]),
	...each("routing:queue", ["search", "view"]),
	...each("routing:skill", ["view"]),
	...each("routing:wrapupCode", ["view"]),
	...each("voicemail:acdvoicemail", ["view"]),
	...each("wfm:agentSchedule", ["sync"]),
];

/** What leading agents takes beyond being one: their conversations, queues, presence, stations, work and schedules. */
const supervisorPermissions = [
	...agentPermissions,
	"analytics:*:view",
	...each("conversation:call", ["assign", "barge", "coach", "monitor", "pull"]),
	...each("conversation:callback", ["assign", "edit", "pull"]),
	...each("conversation:communication", ["disconnect", "view"]),
	...each("conversation:email", ["assign", "pull"]),
	...each("conversation:message", ["assign", "monitor", "pull"]),
	...each("conversation:participant", ["attributesview"]),
	...each("conversation:recording", ["pauseOthers"]),
	...each("conversation:utilizationLabel", ["edit"]),
	...each("conversation:webchat", ["assign", "pull"]),
	...each("directory:userStateChange", ["view"]),
	"outbound:*:view",
	...each("presence:userPresence", ["edit"]),
	...each("quality:evaluation", ["add", "assign", "edit", "editScore", "release", "searchAny"]),
	...each("quality:evaluationForm", ["view"]),
	...each("quality:survey", ["view"]),
	"recording:*:view",
	...each("responseAssets:asset", ["add", "view"]),
	...each("responses:library", ["add"]),
	...each("responses:response", ["add"]),
	...each("routing:language", ["assign"]),
	...each("routing:queue", ["edit", "readonly"]),
	...each("routing:queueMember", ["manage"]),
	...each("routing:skill", ["assign"]),
	...each("routing:utilization", ["view"]),
	...each("telephony:otherStationAssociation", ["edit", "view"]),
	...each("telephony:station", ["disassociate"]),
	"wfm:*:view",
	...each("wfm:agent", ["edit"]),
	...each("wfm:schedule", ["add", "edit", "generate"]),
	...each("wfm:shiftTradeRequest", ["edit"]),
	...each("wfm:timeOffRequest", ["add", "edit"]),
];

/** Hears what was recorded, and judges it. */
const evaluatorPermissions = [
	...employeePermissions,
	...each("analytics:conversationDetail", ["view"]),
	...each("conversation:communication", ["view"]),
	...each("quality:evaluation", ["add", "assign", "edit", "editScore", "release", "searchAny", "view"]),
	...each("quality:evaluationForm", ["view"]),
	...each("quality:survey", ["view"]),
	"recording:*:view",
	...each("routing:queue", ["search", "view"]),
];

/** Plans who works when. */
const plannerPermissions = [
	...employeePermissions,
	...each("analytics:queueObservation", ["view"]),
	...each("analytics:userAggregate", ["view"]),
	...each("routing:queue", ["search", "view"]),
	"wfm:*:*",
];

/** Calls people for the organization: lists, times, campaigns. */
const campaignPermissions = [
	...employeePermissions,
	"outbound:*:*",
	...each("routing:queue", ["search", "view"]),
	...each("routing:wrapupCode", ["view"]),
	...each("scripter:publishedScript", ["view"]),
];

/** Sets panels up: deployments and their scripts, and the groups that may use them. */
const integrationPermissions = [
	...employeePermissions,
	...each("directory:group", ["add", "edit"]),
	...each("integrations:action", ["add", "delete", "edit", "execute", "view"]),
	...each("integrations:integration", ["add", "delete", "edit", "view"]),
	...each("oauth:client", ["view"]),
];

/** Looks after the programs that may ask for tokens. */
const oauthPermissions = [
	...employeePermissions,
	...each("oauth:client", ["add", "authorize", "delete", "edit", "view"]),
	...each("oauth:token", ["delete"]),
	...each("usage:client", ["view"]),
];

/** `domain:entity` with each of the actions. */
function each(entity: string, actions: readonly string[]): string[] {
	return actions.map((action) => `${entity}:${action}`);
}

export const defaultRoles: readonly DefaultRole[] = [
	{
		defaultRoleId: "admin",
		name: "Master Admin",
		description: "May do everything",
		permissions: ["*:*:*"],
		base: false,
	},
	{
		defaultRoleId: "employee",
		name: "Employee",
		description: "Sees colleagues and uses an own phone; meant to be given beside another role",
		permissions: employeePermissions,
		base: true,
	},
	{
		defaultRoleId: "agent",
		name: "Agent",
		description: "Uses the embedded client with all of its features",
		permissions: agentPermissions,
		base: false,
	},
	{
		defaultRoleId: "supervisor",
		name: "Supervisor",
		description: "Leads agents: sees and takes their interactions, queues, statistics and evaluations",
		permissions: supervisorPermissions,
		base: false,
	},
	{
		defaultRoleId: "evaluator",
		name: "Quality Evaluator",
		description: "Hears recordings and evaluates what agents did",
		permissions: evaluatorPermissions,
		base: false,
	},
	{
		defaultRoleId: "planner",
		name: "Workforce Planner",
		description: "Plans who works when: schedules, time off, trades of shifts",
		permissions: plannerPermissions,
		base: false,
	},
	{
		defaultRoleId: "campaignAdmin",
		name: "Campaign Administrator",
		description: "Runs campaigns: contact lists, numbers not to be called, callable times",
		permissions: campaignPermissions,
		base: false,
	},
	{
		defaultRoleId: "integrationAdmin",
		name: "Integration Administrator",
		description: "Sets panels up: deployments, their scripts, and the groups that may use them",
		permissions: integrationPermissions,
		base: false,
	},
	{
		defaultRoleId: "oauthAdmin",
		name: "OAuth Administrator",
		description: "Adds OAuth clients, authorizes them, and ends tokens",
		permissions: oauthPermissions,
		base: false,
	},
];
