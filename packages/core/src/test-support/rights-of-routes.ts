/**
 * What each operation can do to what people may, as data: `app-rights.test.ts` refuses an operation that stands nowhere
 * here, and tries every one that gives or takes with people who may not.
 *
 * Reading (GET, HEAD) gives nobody a right and needs no entry.
 */

/** Operations after which somebody can hold, or act with, rights that they did not have. Each is tried. */
export const giving = [
	"deleteInlayUserSecondfactor",
	"patchUser",
	"postAuthorizationSubjectDivisionRole",
	"postGroupMembers",
	"postOauthClientSecret",
	"postOauthClients",
	"postUserPassword",
	"putAuthorizationRole",
	"putGroup",
	"putOauthClient",
	"putUserRoles",
] as const;

/** Operations after which somebody has rights no more. Each is tried from another division. */
export const taking = [
	"deleteAuthorizationDivision",
	"deleteAuthorizationRole",
	"deleteAuthorizationSubjectDivisionRole",
	"deleteGroup",
	"deleteGroupMembers",
	"deleteInlayUserSession",
	"deleteOauthClient",
	"deleteToken",
	"deleteUser",
	"patchUser",
	"putAuthorizationRole",
	"putGroup",
	"putOauthClient",
	"putUserRoles",
] as const;

/** Operations that change nobody's rights, by the reason why. */
export const neutral: ReadonlyArray<{ because: string; operations: readonly string[] }> = [
	{
		because: "it searches; the request stands in the body",
		operations: ["postGroupsSearch", "postUsersSearch"],
	},
	{
		because: "it proves who one is, with secrets that one has, and gives a token with what is held already",
		operations: [
			"oauthSignIn",
			"oauthToken",
			"postInlayUsersMeSecondfactor",
			"postInlayUsersMeSecondfactorConfirm",
			"postInlayUsersMeSecondfactorRecoverycodes",
			"postInlayUsersMeSecondfactorRemove",
			"postUsersMePassword",
		],
	},
	{
		because: "it keeps, or ends, the session that asks",
		operations: ["deleteCrmSession", "deleteTokensMe", "postCrmSession"],
	},
	{
		because: "what it makes holds nothing yet, and nobody holds it: giving it something, or to somebody, is judged",
		operations: ["postAuthorizationDivisions", "postAuthorizationRoles", "postGroups", "postUsers"],
	},
	{
		because: "a division's name and description are no rights",
		operations: ["putAuthorizationDivision"],
	},
	{
		because:
			"rules of the organization for signing in and for framing: they narrow who gets in, and give no permission",
		operations: [
			"patchOrganizationsAuthenticationSettings",
			"putInlaySessionsAbsence",
			"putInlaySessionsLimit",
			"putOrganizationsEmbeddedintegration",
			"putTokensTimeout",
		],
	},
	{
		because: "queues, codes, presences and stations are objects of work: no permission follows from them",
		operations: [
			"patchInlayStation",
			"deletePresenceDefinition0",
			"deletePresencedefinition",
			"deleteRoutingQueue",
			"deleteRoutingQueueMember",
			"deleteRoutingQueueWrapupcode",
			"deleteRoutingWrapupcode",
			"deleteStationAssociateduser",
			"deleteUserStationAssociatedstation",
			"deleteUserStationDefaultstation",
			"deleteUsersStationsMeAssociatedstation",
			"patchRoutingQueueMember",
			"patchRoutingQueueMembers",
			"patchUserPresence",
			"patchUserPresencesPurecloud",
			"patchUserQueue",
			"patchUserQueues",
			"postPresenceDefinitions0",
			"postPresencedefinitions",
			"postRoutingQueueMembers",
			"postRoutingQueueWrapupcodes",
			"postRoutingQueues",
			"postRoutingWrapupcodes",
			"putInlayPresenceDefinitionsOrder",
			"putPresenceDefinition0",
			"putPresencedefinition",
			"putRoutingQueue",
			"putRoutingWrapupcode",
			"putUserRoutingstatus",
			"putUserStationAssociatedstationStationId",
			"putUserStationDefaultstationStationId",
			"putUsersStationsMeAssociatedstationStationId",
		],
	},
	{
		because:
			"who takes part in a conversation may act on it as long as they do: being brought in is the work, not a permission",
		operations: [
			"deleteConversation",
			"deleteConversationParticipantFlaggedreason",
			"deleteConversationsCallParticipantConsult",
			"patchConversationParticipant",
			"patchConversationParticipantAttributes",
			"patchConversationRecordingstate",
			"patchConversationsAftercallworkConversationIdParticipantCommunication",
			"patchConversationsCall",
			"patchConversationsCallParticipant",
			"patchConversationsCallParticipantAttributes",
			"patchConversationsCallParticipantCommunication",
			"patchConversationsCallParticipantConsult",
			"postConversationAssign",
			"postConversationDisconnect",
			"postConversationParticipantDigits",
			"postConversationParticipantReplace",
			"postConversationParticipantReplaceAgent",
			"postConversationParticipantReplaceExternal",
			"postConversationParticipantReplaceQueue",
			"postConversationParticipantTransfer",
			"postConversationsCall",
			"postConversationsCallParticipantCommunicationWrapup",
			"postConversationsCallParticipantConsult",
			"postConversationsCallParticipantConsultAgent",
			"postConversationsCallParticipantConsultExternal",
			"postConversationsCallParticipantConsultQueue",
			"postConversationsCallParticipantReplace",
			"postConversationsCallParticipantVoiceConsult",
			"postConversationsCallParticipants",
			"patchConversationsCallback",
			"patchConversationsCallbackParticipant",
			"patchConversationsCallbackParticipantAttributes",
			"patchConversationsCallbackParticipantCommunication",
			"patchConversationsCallbacks",
			"postConversationParticipantCallbacks",
			"postConversationsCallbackParticipantCommunicationWrapup",
			"postConversationsCallbackParticipantReplace",
			"postConversationsCallbacks",
			"postConversationsCalls",
			"postInlayWebcalls",
			"putConversationParticipantFlaggedreason",
			"putConversationsCallRecordingstate",
		],
	},
	{
		because: "which calls are recorded and for how long: who may hear them is decided by permissions all the same",
		operations: [
			"deleteInlayRecordingPolicy",
			"postInlayRecordingPolicies",
			"putInlayRecordingPolicy",
			"putInlayRecordingSettings",
		],
	},
	{
		because: "an agent's own desk",
		operations: ["deleteInlayDeskLead", "postInlayDeskClaim", "postInlayDeskLead", "putInlayDeskEntry"],
	},
	{
		because: "what an agent's own phone has measured of their own call",
		operations: ["putInlayConversationQuality"],
	},
	{
		because: "what is subscribed to is judged like reading it",
		operations: [
			"deleteNotificationsChannelSubscriptions",
			"postNotificationsChannelSubscriptions",
			"postNotificationsChannels",
			"putNotificationsChannelSubscriptions",
		],
	},
	{
		because: "a panel and its script act with the rights of the agent who opens them, at an origin of their own",
		operations: [
			"deleteIntegration",
			"patchIntegration",
			"postInlayDeploymentScriptRestore",
			"postInlayDeploymentScripts",
			"postIntegrations",
			"putIntegrationConfigCurrent",
		],
	},
	{
		because: "it writes to the server's log",
		operations: [
			"postDiagnosticsInsights",
			"postDiagnosticsTrace",
			"postInlayDiagnosticsClientLog",
			"postInlayDiagnosticsScripts",
		],
	},
];
