/** What a team's own onboarding message may have filled in, within a line. */
export const onboardingValues = ['displayName', 'userName', 'portalUrl'] as const;

/** The same for whole parts of the built-in message; each is a line of its own. */
export const onboardingParts = ['signInSteps', 'cliSetup'] as const;

export type OnboardingValue = (typeof onboardingValues)[number];
export type OnboardingPart = (typeof onboardingParts)[number];

/** Any placeholder, known or not; braces around anything with a space in it are text. */
export const placeholder = /\{([^{}\s]*)\}/g;
