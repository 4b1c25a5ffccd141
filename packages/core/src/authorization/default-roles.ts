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

/** The agent table of the configuration guide, and what the operations behind its features ask for. */
const agentPermissions = [
	...employeePermissions,
	...agentPermissionRows.flatMap((row) => row.permissions).filter((permission) => !isReviewing(permission)),
	"analytics:conversationDetail:view",
	"analytics:userObservation:view",
	"conversation:call:add",
	"conversation:call:assign",
	"conversation:call:pull",
	"conversation:callForwarding:view",
	"conversation:callback:*",
	"conversation:communication:*",
	"conversation:conference:add",
	"conversation:email:*",
	"conversation:externalTag:edit",
	"conversation:message:*",
	"conversation:messageMedia:view",
	"conversation:participant:*",
	"conversation:webchat:*",
	"conversation:webmessaging:*",
	"externalContacts:contact:*",
	"externalContacts:conversation:associate",
	"externalContacts:externalOrganization:view",
	"responses:library:view",
	"responses:response:view",
	"routing:queue:search",
	"routing:queue:view",
	"routing:skill:view",
	"routing:wrapupCode:view",
	"telephony:plugin:all",
	"voicemail:acdvoicemail:view",
	"wfm:agentSchedule:sync",
];

/** Scoring evaluations is a supervisor's work; the guide lists it as an extra for agents who do it. */
function isReviewing(permission: string): boolean {
	return permission === "quality:evaluation:edit" || permission === "quality:evaluation:editScore";
}

const supervisorPermissions = [
	...agentPermissions,
	"analytics:*:*",
	"conversation:*:*",
	"directory:group:*",
	"directory:user:edit",
	"directory:userStateChange:view",
	"outbound:*:view",
	"presence:userPresence:edit",
	"quality:*:*",
	"recording:*:view",
	"responses:*:*",
	"routing:*:*",
	"telephony:otherStationAssociation:*",
	"telephony:station:disassociate",
	"wfm:*:*",
];

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
];
