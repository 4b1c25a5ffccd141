/** Where the panel itself leads its page: a script may not lead it elsewhere. */
export const ownWay: { origin?: string } = {};
