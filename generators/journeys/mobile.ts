import { screen } from '../calls/screen.ts'
import * as app from './application.ts'
import { appJourney, type Journey } from './journey.ts'

/** An install that an advertisement led to; the application crashes and is soon gone again. */
export const installing: Journey = appJourney('mobile', {}, [
  app.applicationInstalled,
  app.applicationOpened,
  app.installAttributed,
  screen('Welcome'),
  app.applicationCrashed,
  app.applicationUninstalled,
])

/** A customer's phone is called back by a push message. */
export const pushed: Journey = appJourney('mobile', { known: true, returns: true }, [
  app.pushReceived,
  app.pushTapped,
  app.applicationForegrounded,
  screen('Offers'),
  app.applicationBackgrounded,
])

/** A link in a message opens the application, which has just been updated. */
export const linked: Journey = appJourney('mobile', { known: true, returns: true }, [
  app.deepLinkClicked,
  app.applicationUpdated,
  app.openedByLink,
  app.deepLinkOpened,
  screen('Product'),
  app.pushBounced,
])
