/** What the system says of calls that came to no talk, as the platform names it. */
export const systemCodes = [
	"ININ-OUTBOUND-BUSY",
	"ININ-OUTBOUND-NO-ANSWER",
	"ININ-OUTBOUND-MACHINE",
	"ININ-OUTBOUND-DISCONNECT",
	"ININ-OUTBOUND-SIT-UNCALLABLE",
	"ININ-OUTBOUND-SIT-CALLABLE",
	"ININ-OUTBOUND-FAILED-TO-REACH-AGENT",
	"ININ-OUTBOUND-AMBIGUOUS",
] as const;
