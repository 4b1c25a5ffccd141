/** A notification topic and the model of its `eventBody` (platform-api 5.1). */
export interface NotificationTopic {
	/** With `{id}` for each identifier, e.g. `v2.users.{id}.presence`. */
	topic: string;
	/** Name of the model in the official SDK; `platformSchema` knows it. */
	eventClass: string;
}

/** The topics that an agent client needs. */
export const notificationTopics: readonly NotificationTopic[] = [
	{ topic: "v2.users.{id}.conversations", eventClass: "ConversationEventTopicConversation" },
	{ topic: "v2.users.{id}.conversations.calls", eventClass: "ConversationCallEventTopicCallConversation" },
	{ topic: "v2.users.{id}.conversations.callbacks", eventClass: "ConversationCallbackEventTopicCallbackConversation" },
	{ topic: "v2.users.{id}.conversations.emails", eventClass: "ConversationEmailEventTopicEmailConversation" },
	{ topic: "v2.users.{id}.conversations.messages", eventClass: "ConversationMessageEventTopicMessageConversation" },
	{ topic: "v2.users.{id}.conversations.chats", eventClass: "ConversationChatEventTopicChatConversation" },
	{
		topic: "v2.users.{id}.conversations.cobrowseSessions",
		eventClass: "ConversationCobrowseEventTopicCobrowseConversation",
	},
	{
		topic: "v2.users.{id}.conversations.screenshares",
		eventClass: "ConversationScreenShareEventTopicScreenShareConversation",
	},
	{ topic: "v2.users.{id}.conversations.videos", eventClass: "ConversationVideoEventTopicVideoConversation" },
	{
		topic: "v2.users.{id}.conversations.inbound.typing.event",
		eventClass: "V2ConversationMessageTypingEventForUserTopicMessageData",
	},
	{ topic: "v2.users.{id}.conversations.{id}.recordings", eventClass: "RecordingEventRecording" },
	{ topic: "v2.users.{id}.conversationsummary", eventClass: "UserConversationsEventUserConversationSummary" },
	{ topic: "v2.users.{id}.presence", eventClass: "PresenceEventUserPresence" },
	{ topic: "v2.users.{id}.routingStatus", eventClass: "UserRoutingStatusUserRoutingStatus" },
	{ topic: "v2.users.{id}.activity", eventClass: "AgentActivityChangedTopicAgentActivity" },
	{ topic: "v2.users.{id}.station", eventClass: "UserStationChangeTopicUserStations" },
	{
		topic: "v2.users.{id}.persistentconnection",
		eventClass: "PersistentConnectionChangeTopicPersistentConnectionChangeEvent",
	},
	{ topic: "v2.users.{id}.outofoffice", eventClass: "OutOfOfficeEventOutOfOffice" },
	{ topic: "v2.users.{id}.callforwarding", eventClass: "CallForwardingEventCallForwarding" },
	{ topic: "v2.users.{id}.voicemail.messages", eventClass: "VoicemailMessagesTopicVoicemailMessage" },
	{ topic: "v2.users.{id}.tokens", eventClass: "UserTokensTopicTokenNotification" },
	{
		topic: "v2.users.{id}.workforcemanagement.schedules",
		eventClass: "WfmAgentScheduleUpdateTopicAgentScheduleUpdateNotification",
	},
	{
		topic: "v2.users.{id}.workforcemanagement.timeoffrequests",
		eventClass: "WfmTimeOffRequestUpdateTopicTimeOffRequestUpdate",
	},
	{
		topic: "v2.users.{id}.workforcemanagement.timeoffbalance.jobs",
		eventClass: "WfmTimeOffBalanceJobTopicTimeOffBalanceJobNotification",
	},
	{
		topic: "v2.users.{id}.workforcemanagement.shift.trading.jobs",
		eventClass: "WfmShiftTradingJobCompleteEventShiftTradingJobCompleteNotification",
	},
	{
		topic: "v2.users.{id}.workforcemanagement.notifications",
		eventClass: "WfmUserNotificationTopicWfmUserNotification",
	},
	{
		topic: "v2.users.{id}.workforcemanagement.adherence",
		eventClass: "WfmUserScheduleAdherenceUpdatedTopicUserScheduleAdherenceUpdate",
	},
	{ topic: "v2.routing.queues.{id}.users", eventClass: "QueueUserEventTopicQueueMember" },
	{ topic: "v2.routing.queues.{id}.conversations", eventClass: "QueueConversationEventTopicConversation" },
	{ topic: "v2.analytics.queues.{id}.observations", eventClass: "StatEventQueueTopicStatsNotification" },
	{ topic: "v2.analytics.users.{id}.aggregates", eventClass: "StatEventUserTopicStatsNotification" },
	{ topic: "v2.conversations.{id}.transcription", eventClass: "TranscriptionTopicTranscriptionMessage" },
	{ topic: "v2.quality.evaluations", eventClass: "EvaluationQualityV2TopicEvaluationV2" },
	{
		topic: "v2.outbound.preview.campaigns.contact.preContact",
		eventClass: "OutboundPreviewCampaignPreContactOutboundPreviewCampaignPreContactEvent",
	},
	{ topic: "v2.system.socket_closing", eventClass: "SystemMessageSystemMessage" },
	{ topic: "v2.system.token_revoked.{id}", eventClass: "SystemMessageSystemMessage" },
	{ topic: "v2.system.no_longer_subscribed.{id}", eventClass: "SystemMessageSystemMessage" },
];
