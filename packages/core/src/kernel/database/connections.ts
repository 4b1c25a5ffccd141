/** Connections of a server's pool, through which all its work goes; who shares them out counts from here. */
export const connections = 16;
