"""Opens in/0.docx, in/1.docx ... of a folder in LibreOffice, and writes each to in/Accept and in/Reject with all changes settled so."""
import os, subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
office, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
pipe = 'omnibus%d' % os.getpid()
started = subprocess.Popen([office, '--headless', '--norestore', '-env:UserInstallation=' + uno.systemPathToFileUrl(folder + '/profile'), '--accept=pipe,name=%s;urp;' % pipe])
def value(name, what):
    one = PropertyValue()
    one.Name, one.Value = name, what
    return one
try:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext('com.sun.star.bridge.UnoUrlResolver', local)
    for attempt in range(300):
        try:
            context = resolver.resolve('uno:pipe,name=%s;urp;StarOffice.ComponentContext' % pipe)
            break
        except Exception:
            time.sleep(0.2)
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext('com.sun.star.frame.Desktop', context)
    dispatcher = manager.createInstanceWithContext('com.sun.star.frame.DispatchHelper', context)
    for at in range(count):
        for way in ('Accept', 'Reject'):
            document = desktop.loadComponentFromURL(uno.systemPathToFileUrl('%s/in/%d.docx' % (folder, at)), '_blank', 0, (value('Hidden', True),))
            dispatcher.executeDispatch(document.CurrentController.Frame, '.uno:%sAllTrackedChanges' % way, '', 0, ())
            document.storeToURL(uno.systemPathToFileUrl('%s/in/%s/%d.docx' % (folder, way, at)), (value('FilterName', 'MS Word 2007 XML'),))
            document.close(True)
    desktop.terminate()
finally:
    started.wait(20)
