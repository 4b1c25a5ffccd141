/** What a server for `https://localhost` opens with, in PEM. */
export interface Certificate {
	cert: string;
	key: string;
}
