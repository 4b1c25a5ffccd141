/** `relate:*` is the older twin of `externalContacts:*`; either satisfies (platform-api 5.21). */
export const twins = (entity: string, action: string) => [
	`relate:${entity}:${action}`,
	`externalContacts:${entity}:${action}`,
];
