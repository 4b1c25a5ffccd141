import list from "./topics.json" with { type: "json" };

/** A notification topic that exists (platform-api 5.1, Appendix B); `{id}` stands for an id. */
export interface PlatformTopic {
	topic: string;
	/** The SDK's event class, whose shape the event body has. */
	eventClass: string | null;
}

export const platformTopics: readonly PlatformTopic[] = list;
