"""What a phone's camera makes of a picture of the page: another library than the one that drew the code."""

import base64

import zxingcpp

# In a page of its own, since the site's forbid pictures from elsewhere: the picture as shades of grey.
GREY = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const pen = new OffscreenCanvas(width, height).getContext("2d");
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  let grey = "";
  for (let at = 0; at < data.length; at += 4) {
    grey += String.fromCharCode((data[at] * 299 + data[at + 1] * 587 + data[at + 2] * 114) / 1000);
  }
  return { width, height, grey: btoa(grey) };
}"""


def texts_of_codes(context, png):
    """The texts of all QR codes in a screenshot."""
    page = context.new_page()
    seen = page.evaluate(GREY, base64.b64encode(png).decode())
    page.close()
    pixels = memoryview(base64.b64decode(seen["grey"])).cast("B", (seen["height"], seen["width"]))
    return [code.text for code in zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode)]
