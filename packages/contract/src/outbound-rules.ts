/** What rules of a campaign may do, by when they are asked (agent-features 18), as the platform's `DialerRule` names it. */
export const ruleActions = {
	DIALER_PRECALL: ["DO_NOT_DIAL", "MODIFY_CONTACT_ATTRIBUTE", "SET_CALLER_ID", "SWITCH_TO_PREVIEW"],
	DIALER_WRAPUP: [
		"MODIFY_CONTACT_ATTRIBUTE",
		"SCHEDULE_CALLBACK",
		"APPEND_NUMBER_TO_DNC_LIST",
		"INLAY_APPEND_TO_LIST",
		"CONTACT_UNCALLABLE",
		"NUMBER_UNCALLABLE",
	],
} as const;

/** In how many minutes a rule may have somebody called again, at most: a month. */
export const mostCallbackMinutes = 43_200;
