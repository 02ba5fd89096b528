/** Goes up with every change that alters the bytes of any event: a Plan names it. */
export const GENERATOR_VERSION = '2'
