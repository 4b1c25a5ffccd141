export type { AccessAnswer, BootAnswer, BootDeployment, BootProblem, SigninAnswer } from "./boot.ts";
