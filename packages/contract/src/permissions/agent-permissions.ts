/** The agent features of the configuration guide that permissions open. */
export type FeatureId =
	| "call-controls"
	| "call-forwarding"
	| "callbacks"
	| "client"
	| "cobrowse"
	| "email"
	| "evaluations"
	| "queues"
	| "scheduling"
	| "screen-pop"
	| "screen-share"
	| "scripts"
	| "sms"
	| "statistics"
	| "statuses"
	| "voicemails";

/** One row of "Agent Permissions Required": what an agent gets by a permission. */
export interface AgentPermissionRow {
	/** Any one of these permission strings opens the row; compare them with `permissionMatches`. */
	permissions: readonly string[];
	/** The permission as administrators see it: domain > entity > action. */
	label: string;
	/** Without a required row there is no client at all. */
	required: boolean;
	feature: FeatureId;
	/** What the permission does for its holder, as one sentence without a full stop. */
	effect: string;
}

/** The guide's table, in its order (configuration guide, "Agent Permissions Required"). */
export const agentPermissionRows: readonly AgentPermissionRow[] = [
	{
		permissions: ["acdScreenShare:session:view"],
		label: "ACD Screen Share > Session > View",
		required: false,
		feature: "screen-share",
		effect: "Agent can screen share ACD interactions",
	},
	{
		permissions: ["analytics:conversationAggregate:view"],
		label: "Analytics > Conversation Aggregate > View",
		required: false,
		feature: "evaluations",
		effect: "Agent sees released evaluations in the User Inbox",
	},
	{
		permissions: ["analytics:conversationAggregate:view"],
		label: "Analytics > Conversation Aggregate > View",
		required: false,
		feature: "statistics",
		effect: "Agent sees conversation statistics in Agent Performance",
	},
	{
		permissions: ["analytics:queueObservation:view"],
		label: "Analytics > Queue Observation > View",
		required: false,
		feature: "statistics",
		effect: "Agent sees a queue's statistics before contacting it or transferring to it",
	},
	{
		permissions: ["analytics:userAggregate:view"],
		label: "Analytics > User Aggregate > View",
		required: false,
		feature: "statistics",
		effect: "Agent sees own user statistics in Agent Performance",
	},
	{
		permissions: ["cobrowse:chat:escalate"],
		label: "Cobrowse > Chat > Escalate",
		required: false,
		feature: "cobrowse",
		effect: "Agent can start co-browse on a chat",
	},
	{
		permissions: ["cobrowse:session:view"],
		label: "Cobrowse > Session > View",
		required: false,
		feature: "cobrowse",
		effect: "Agent can use co-browse on a voice or chat interaction",
	},
	{
		permissions: ["cobrowse:voice:escalate"],
		label: "Cobrowse > Voice > Escalate",
		required: false,
		feature: "cobrowse",
		effect: "Agent can start co-browse on a voice interaction",
	},
	{
		permissions: ["conversation:call:record"],
		label: "Conversation > Call > Record",
		required: false,
		feature: "call-controls",
		effect: "The Record control is clickable",
	},
	{
		permissions: ["conversation:callForwarding:edit"],
		label: "Conversation > Call Forwarding > Edit",
		required: false,
		feature: "call-forwarding",
		effect: "Agent can see and change call forwarding",
	},
	{
		permissions: ["conversation:callback:create"],
		label: "Conversation > Callback > Create",
		required: false,
		feature: "callbacks",
		effect: "Agent can schedule callbacks",
	},
	{
		permissions: ["conversation:cobrowse:add"],
		label: "Conversation > Cobrowse > Add",
		required: false,
		feature: "cobrowse",
		effect: "Agent can use co-browse on web messaging",
	},
	{
		permissions: ["conversation:email:create"],
		label: "Conversation > Email > Create",
		required: false,
		feature: "email",
		effect: "Agent can send email on behalf of a queue",
	},
	{
		permissions: ["conversation:message:create"],
		label: "Conversation > Message > Create",
		required: false,
		feature: "sms",
		effect: "Agent can send SMS on behalf of a queue",
	},
	{
		permissions: ["integration:customEmbeddableFramework:agent"],
		label: "Integration > Custom Embeddable Framework > Agent",
		required: true,
		feature: "client",
		effect: "The client appears at all in a private deployment",
	},
	{
		permissions: ["outbound:contact:view"],
		label: "Outbound > Contact > View",
		required: false,
		feature: "screen-pop",
		effect: "Agent sees screen pops for outbound dialing",
	},
	{
		permissions: ["quality:evaluation:editAgentSignoff"],
		label: "Quality > Evaluation > Edit Agent Sign-off",
		required: false,
		feature: "evaluations",
		effect: "Agent sees released-evaluation notices in the User Inbox and signs off",
	},
	{
		permissions: ["quality:evaluation:edit", "quality:evaluation:editScore"],
		label: "Quality > Evaluation > Edit, or Edit Score",
		required: false,
		feature: "evaluations",
		effect: "A quality evaluator sees assigned-evaluation notices in the User Inbox",
	},
	{
		permissions: ["quality:evaluation:view"],
		label: "Quality > Evaluation > View",
		required: false,
		feature: "evaluations",
		effect: "Agent sees released-evaluation notices in the User Inbox",
	},
	{
		permissions: ["routing:agent:onqueue"],
		label: "Routing > Agent > On Queue",
		required: false,
		feature: "statuses",
		effect: "On Queue is offered as a status and the status timer is shown",
	},
	{
		permissions: ["routing:queue:join"],
		label: "Routing > Queue > Join",
		required: false,
		feature: "queues",
		effect: "Agent sees which queues they are a member of and chooses which to receive from",
	},
	{
		permissions: ["scripter:publishedScript:view"],
		label: "Scripter > Published Script > View",
		required: false,
		feature: "scripts",
		effect: "Agent sees the script of an interaction",
	},
	{
		permissions: ["voicemail:voicemail:receive"],
		label: "Voicemail > Voicemail > Receive",
		required: false,
		feature: "voicemails",
		effect: "Agent receives personal voicemail notices in the User Inbox",
	},
	{
		permissions: ["wfm:agentSchedule:view"],
		label: "Workforce Management > Agent Schedule > View",
		required: false,
		feature: "scheduling",
		effect: "Agent sees the schedule in the client",
	},
	{
		permissions: ["wfm:agentShiftTradeRequest:participate"],
		label: "Workforce Management > Agent Shift Trade Request > Participate",
		required: false,
		feature: "scheduling",
		effect: "Agent sees shift-trade notices in the User Inbox",
	},
	{
		permissions: ["wfm:agentTimeOffRequest:submit"],
		label: "Workforce Management > Agent Time Off Request > Submit",
		required: false,
		feature: "scheduling",
		effect: "Agent has time-off notices in the client",
	},
	{
		permissions: ["wfm:shiftTradeRequest:edit"],
		label: "Workforce Management > Shift Trade Request > Edit",
		required: false,
		feature: "scheduling",
		effect: "An administrator sees shift-trade notices in the User Inbox",
	},
];
