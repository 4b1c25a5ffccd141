/** The fake server's one agent and one deployment. */
export const userId = "00000000-0000-4000-8000-000000000001";
export const deploymentId = "00000000-0000-4000-8000-0000000000d1";
