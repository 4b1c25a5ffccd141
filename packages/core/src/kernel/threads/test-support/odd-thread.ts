import { answerAsked } from "../answer-asked.ts";

/** Echoes what it is asked, except for what the words say. */
answerAsked<string, string>((question) => {
	while (question === "loop");
	if (question === "throw") throw new Error("no such thing");
	if (question === "exit") process.exit(3);
	return `${question}!`;
});
